//! The sequence as a drawing: a column a layer, from left to right.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use crate::report::render::markup;
use crate::result::{Step, StepState};
use crate::text::clip;

/// So many steps can be drawn so that somebody can read them.
const DRAWN: usize = 80;

/// Of one column, before the others of its layer are only counted.
const ROWS: usize = 12;

/// Of a box, and between two.
const WIDTH: i64 = 168;
const HEIGHT: i64 = 44;
const BETWEEN_COLUMNS: i64 = 56;
const BETWEEN_ROWS: i64 = 14;

/// What the template draws.
#[derive(Serialize)]
pub(super) struct Graph {
    width: i64,
    height: i64,
    boxes: Vec<Drawn>,
    lines: Vec<Line>,
    /// What is not drawn, in words.
    pub(super) more: Option<String>,
    about: String,
    /// It is a file of its own, not a part of a page.
    alone: bool,
}

#[derive(Serialize)]
struct Drawn {
    x: i64,
    y: i64,
    class: String,
    name: String,
    state: String,
    title: String,
}

#[derive(Serialize)]
struct Line {
    from: (i64, i64),
    to: (i64, i64),
    /// What it leads to stands behind a blocker.
    blocked: bool,
}

impl Graph {
    /// Of nothing.
    pub(super) fn empty() -> Self {
        let about = "nothing is to come back".to_owned();
        Self { width: 16, height: 16, boxes: Vec::new(), lines: Vec::new(), more: None, about, alone: true }
    }

    /// What is not ready goes before what is. Nothing, where there are no steps.
    pub(super) fn new(steps: &[Step], alone: bool) -> Option<Self> {
        let drawn = chosen(steps);
        let mut columns: Vec<Vec<&Step>> = Vec::new();
        for layer in drawn.chunk_by(|one, other| one.layer == other.layer) {
            columns.push(layer.to_vec());
        }
        let tallest = columns.iter().map(Vec::len).max()?;
        let mut at: HashMap<u32, (i64, i64)> = HashMap::new();
        let mut boxes = Vec::new();
        for (x, column) in (0..).zip(&columns) {
            for (y, step) in (0..).zip(column) {
                let corner = (x * (WIDTH + BETWEEN_COLUMNS) + 8, y * (HEIGHT + BETWEEN_ROWS) + 8);
                at.insert(step.number, corner);
                boxes.push(Drawn {
                    x: corner.0,
                    y: corner.1,
                    class: step.state.word().replace(' ', "-"),
                    name: clip(&step.resource.name, 22).into_owned(),
                    state: format!("{} · {}", step.number, step.state.word()),
                    title: format!("{} {}: {}", step.resource.title, step.resource.name, step.how),
                });
            }
        }
        let line = |step: &Step, first: &u32| {
            let (from, to) = (at.get(first)?, at.get(&step.number)?);
            Some(Line {
                from: (from.0 + WIDTH, from.1 + HEIGHT / 2),
                to: (to.0, to.1 + HEIGHT / 2),
                blocked: step.behind.contains(first),
            })
        };
        let line = &line;
        let of_step = |step: &&'_ Step| step.waits_for.iter().filter_map(|first| line(step, first)).collect::<Vec<_>>();
        let lines = drawn.iter().flat_map(of_step).collect();
        let (wide, high) = (i64::try_from(columns.len()).ok()?, i64::try_from(tallest).ok()?);
        let hidden = steps.len() - drawn.len();
        Some(Self {
            width: wide * (WIDTH + BETWEEN_COLUMNS) - BETWEEN_COLUMNS + 16,
            height: high * (HEIGHT + BETWEEN_ROWS) - BETWEEN_ROWS + 16,
            boxes,
            lines,
            more: (hidden > 0)
                .then(|| format!("{hidden} of {} steps are not drawn; the list below has them", steps.len())),
            alone,
            about: format!("{} steps in {} layers, each waiting for those at its left", drawn.len(), columns.len()),
        })
    }
}

/// The drawing itself.
pub(super) fn svg(graph: &Graph) -> io::Result<String> {
    markup("readiness.svg", include_str!("../../../reports/templates/readiness.svg.j2"), graph)
}

/// In their order, as many as can be read: in each layer what has something to do goes first.
fn chosen(steps: &[Step]) -> Vec<&Step> {
    let mut chosen: Vec<&Step> = Vec::new();
    for layer in steps.chunk_by(|one, other| one.layer == other.layer) {
        let mut layer: Vec<&Step> = layer.iter().collect();
        layer.sort_by_key(|step| (step.state == StepState::Ready && step.behind.is_empty(), step.number));
        layer.truncate(ROWS);
        layer.sort_by_key(|step| step.number);
        chosen.extend(layer);
    }
    chosen.truncate(DRAWN);
    chosen
}
