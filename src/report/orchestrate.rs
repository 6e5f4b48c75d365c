//! The preflight of a payload, and a payload itself, for people and for other tools.

use std::io;

use crate::result::{Decision, NotOrchestrated, Orchestration, Payload, PayloadFinding, Preflight, Proof};
use crate::text::{clean, clip, count, some};

/// So many names of what is left out are listed.
const NAMED: usize = 5;

/// Writes a preflight for people, escaped for the terminal. `file`: what was looked at. `width`: the columns.
pub fn table(preflight: &Preflight, file: &str, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", headline(preflight))?;
    let region = preflight.region.as_deref().map(|region| format!(" in {region}")).unwrap_or_default();
    let shape = format!("{}, {}", count(preflight.layers, "layer"), count(preflight.steps, "step"));
    writeln!(out, "{} by {}{}: {shape}", clean(file), preflight.machine, clean(&region))?;
    for found in &preflight.findings {
        finding(found, file, width, out)?;
    }
    notes(&preflight.notes, preflight.not_looked_at, width, out)?;
    if let Some(corrected) = preflight.corrected.as_ref().filter(|_| preflight.answer == Decision::NoGo) {
        writeln!(out, "\ncorrected, as far as the payload itself tells (-o FILE writes it)")?;
        let text = serde_json::to_string_pretty(corrected)?;
        text.lines().try_for_each(|line| writeln!(out, "  {}", clean(line)))?;
    }
    Ok(())
}

/// `NO-GO: 2 fatal, 1 risk, 3 unknown`.
pub fn headline(preflight: &Preflight) -> String {
    let risks = count(preflight.risks, "risk");
    format!("{}: {} fatal, {risks}, {} unknown", preflight.answer.word(), preflight.fatal, preflight.unknown)
}

/// What is to be known besides, and what nobody looked at.
pub(super) fn notes(notes: &[&str], not_looked_at: &str, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    if !notes.is_empty() {
        writeln!(out, "\nto know")?;
    }
    notes.iter().try_for_each(|note| folded(out, "  ", note, width))?;
    writeln!(out, "\nnot looked at")?;
    folded(out, "  ", not_looked_at, width)
}

/// A finding with where it stands and what to do.
pub(super) fn finding(found: &PayloadFinding, file: &str, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
    let step = found.step.as_deref().map(|step| format!(" · {step}")).unwrap_or_default();
    let pointer = if found.pointer.is_empty() { "" } else { " " };
    let head = format!("{:<8} {}{step}", found.weight.word(), found.id);
    writeln!(out, "\n{}", clip(&clean(&head), width.max(20)))?;
    writeln!(out, "  {}{line}{pointer}{}", clean(file), clean(&found.pointer))?;
    folded(out, "  ", &found.message, width)?;
    folded(out, "  → ", &found.remedy, width)
}

/// A sentence in lines that are not too long.
pub(super) fn folded(out: &mut dyn io::Write, begin: &str, text: &str, width: usize) -> io::Result<()> {
    let text = clean(text);
    let indent = " ".repeat(begin.chars().count());
    let options = textwrap::Options::new(width.max(20)).initial_indent(begin).subsequent_indent(&indent);
    writeln!(
        out,
        "{}",
        textwrap::fill(&text, options.break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation))
    )
}

/// Writes a preflight as one JSON document.
pub fn json(preflight: &Preflight, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, preflight)?;
    writeln!(out)
}

/// Writes a payload as the framework reads it.
pub fn payload(payload: &Payload, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, payload)?;
    writeln!(out)
}

/// What a payload does not have, in one line: `left out: 2 S3 buckets (assets, logs): the framework has no step for them`.
pub fn left_out(word: &str, found: &NotOrchestrated) -> String {
    let what = count(found.names.len(), &found.what);
    let line = format!("{word}: {what} ({}): {}", some(&found.names, NAMED), found.why);
    clean(&line).into_owned()
}

/// A finding in one line: `risk: orders: …`.
pub fn line(found: &PayloadFinding) -> String {
    let step = found.step.as_deref().map(|step| format!("{step}: ")).unwrap_or_default();
    clean(&format!("{}: {step}{}; {}", found.weight.word(), found.message, found.remedy)).into_owned()
}

/// `verify: after 'orders': seaworthy verify shop --to us-west-2 --only 'orders-west takes writes'`, and how it is declared.
pub fn proof(found: &Proof, application: &str, region: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let (after, check) = (&found.after, quoted(&found.check));
    let run = format!("verify: after '{after}': seaworthy verify {application} --to {region} --only {check}");
    let declared = found.declaration.as_ref().map(|text| format!(", with {text} under its 'checks' in seaworthy.yaml"));
    clean(&format!("{run}{}", declared.unwrap_or_default())).into_owned()
}

/// What a payload came to: `GO: 3 steps in 1 layer, to be run in us-west-2`.
pub fn made_headline(made: &Orchestration) -> String {
    let word = made.answer.word();
    let region = clean(&made.region);
    match &made.payload {
        Some(payload) => {
            let steps: usize = payload.layers.iter().map(|layer| layer.resources.len()).sum();
            format!(
                "{word}: {} in {}, to be run in {region}",
                count(steps, "step"),
                count(payload.layers.len(), "layer")
            )
        }
        None if made.refused.is_empty() => {
            format!("nothing to do in {region}: the framework has no step for anything of it")
        }
        None => format!(
            "{word}: no payload for {region} is written, for what is refused would be missing (--partial writes the rest)"
        ),
    }
}

/// Writes a payload with what stands beside it as one JSON document.
pub fn orchestration(made: &Orchestration, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, made)?;
    writeln!(out)
}
