//! The sequence of one application for tools that draw: what waits for what, a rank a layer.

use std::io;

use super::graph::{Graph, svg};
use crate::report::graph::{in_dot, in_mermaid};
use crate::result::{Readiness, Step, StepState};

pub(super) fn dot(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "digraph recovery {{\n  rankdir=LR;\n  node [shape=box];")?;
    for (number, ready) in found.iter().enumerate() {
        writeln!(out, "  subgraph cluster_{number} {{\n    label=\"{}\";", in_dot(&ready.sentence))?;
        for layer in ready.steps.chunk_by(|one, other| one.layer == other.layer) {
            writeln!(out, "    {{ rank=same;")?;
            for step in layer {
                let label = label(step).map(|line| in_dot(&line)).join("\\n");
                writeln!(out, "      a{number}s{} [label=\"{label}\", color={}];", step.number, color(step.state))?;
            }
            writeln!(out, "    }}")?;
        }
        for step in &ready.steps {
            step.waits_for
                .iter()
                .try_for_each(|first| writeln!(out, "    a{number}s{first} -> a{number}s{};", step.number))?;
        }
        writeln!(out, "  }}")?;
    }
    writeln!(out, "}}")
}

pub(super) fn mermaid(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (number, ready) in found.iter().enumerate() {
        writeln!(out, "  subgraph a{number}[\"{}\"]", in_mermaid(&ready.sentence))?;
        for step in &ready.steps {
            let label = label(step).map(|line| in_mermaid(&line)).join("<br>");
            writeln!(out, "    a{number}s{}[\"{label}\"]:::{}", step.number, step.state.word().replace(' ', "-"))?;
        }
        for step in &ready.steps {
            step.waits_for
                .iter()
                .try_for_each(|first| writeln!(out, "    a{number}s{first} --> a{number}s{}", step.number))?;
        }
        writeln!(out, "  end")?;
    }
    let bad = "stroke:#cf222e,stroke-width:3px";
    writeln!(out, "  classDef blocked {bad}\n  classDef missing {bad}\n  classDef unknown stroke-dasharray: 5 5")
}

/// Of the first one: a drawing is one picture.
pub(super) fn picture(found: &[Readiness], out: &mut dyn io::Write) -> io::Result<()> {
    let graph = found.first().and_then(|ready| Graph::new(&ready.steps, true));
    let graph = graph.unwrap_or_else(Graph::empty);
    out.write_all(svg(&graph)?.as_bytes())
}

/// Number and state, what it is, what it is called.
fn label(step: &Step) -> [String; 3] {
    [format!("{} {}", step.number, step.state.word()), step.resource.title.clone(), step.resource.name.clone()]
}

fn color(state: StepState) -> &'static str {
    match state {
        StepState::Ready => "darkgreen",
        StepState::Blocked | StepState::Missing => "red",
        StepState::Unknown => "orange",
        StepState::ToPromote | StepState::ToRestore | StepState::ToStart => "black",
        StepState::ToSwitch | StepState::ToRebuild => "black",
    }
}
