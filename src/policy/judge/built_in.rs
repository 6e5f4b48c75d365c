//! The verdict of a built-in policy: what regorus' machine says of the known facts, and whether what is not known could
//! have made it say so.

use std::collections::BTreeSet;

use regorus::Value;

use super::said::Said;
use crate::policy::compiled::Compiled;
use crate::policy::input::Input;
use crate::policy::rules::{Question, Rules};
use crate::policy::schema::{Nodes, Schema};

/// The verdict. Every step asks: is this so because of what is known?
pub(super) fn derive(compiled: &mut Compiled, rules: &Rules, input: &Input) -> Result<Said, String> {
    let (schema, unknown) = (Schema::of_resource(), &input.unknown);
    let mut missing = Vec::new();
    if let Some(arises) = &rules.arises
        && !is_true(&compiled.ask(arises, input)?)
    {
        // What was found so far is enough to ask, but something has to have been looked for.
        return match arises.reads.named.iter().all(|node| schema.is_there(*node, &input.value)) {
            true => Ok(Said::NotApplicable),
            false => Ok(Said::Unknown(needs(compiled, arises, schema, input)?)),
        };
    }
    if let Some(applies) = &rules.applies {
        if is_true(&compiled.ask(applies, input)?) {
            if applies.reads.sensitive.meets(unknown) {
                missing.extend(needs(compiled, applies, schema, input)?);
            }
        } else if is_decided(compiled, applies, input)? {
            return Ok(Said::NotApplicable);
        } else {
            return Ok(Said::Unknown(needs(compiled, applies, schema, input)?));
        }
    }
    let mut fails = Vec::new();
    let mut undecided = Vec::new();
    for body in &rules.bodies {
        let is_ruled_out = compiled.is_ruled_out(body, input)?;
        let found = if is_ruled_out { Vec::new() } else { elements(compiled.ask(body, input)?) };
        if !found.is_empty() && !body.reads.sensitive.meets(unknown) {
            fails.extend(found);
        } else if !found.is_empty() || !is_decided(compiled, body, input)? {
            undecided.push(body);
        }
    }
    let applies_for_sure = rules.applies.as_ref().is_none_or(|applies| !applies.reads.sensitive.meets(unknown));
    if !fails.is_empty() && applies_for_sure {
        return Ok(Said::Fail(fails));
    }
    if let Some(satisfied) = &rules.satisfied
        && applies_for_sure
        && is_true(&compiled.ask(satisfied, input)?)
        && !satisfied.reads.sensitive.meets(unknown)
    {
        return Ok(Said::Pass);
    }
    for body in undecided {
        missing.extend(needs(compiled, body, schema, input)?);
    }
    if missing.is_empty() && fails.is_empty() { Ok(Said::Pass) } else { Ok(Said::Unknown(missing)) }
}

/// A rule that did not fire: is the answer no whatever the unknown facts are? Yes, if everything was known, or if each
/// of its definitions has a statement that is known to be false.
fn is_decided(compiled: &mut Compiled, question: &Question, input: &Input) -> Result<bool, String> {
    let unknown = &input.unknown;
    if !question.reads.all.meets(unknown) {
        return Ok(true);
    }
    for definition in &question.definitions {
        let mut is_out = false;
        for conjunct in definition {
            is_out |= !conjunct.reads.all.meets(unknown) && !is_true(&compiled.ask(conjunct, input)?);
        }
        if !is_out {
            return Ok(false);
        }
    }
    Ok(!question.definitions.is_empty())
}

/// What would have to be known for an answer. A statement that is known to hold asks for nothing more, though one of
/// its definitions read something that is unknown: no bucket has a cluster that it could be a member of.
fn needs(compiled: &mut Compiled, question: &Question, schema: &Schema, input: &Input) -> Result<Vec<usize>, String> {
    let unknown = &input.unknown;
    let mut needs: Vec<usize> = question.reads.named.iter().copied().collect();
    needs.retain(|node| touches(schema, *node, unknown));
    let (mut settled, mut open) = (BTreeSet::<usize>::new(), BTreeSet::<usize>::new());
    for conjunct in question.conjuncts() {
        let holds = !conjunct.reads.sensitive.meets(unknown) && is_true(&compiled.ask(conjunct, input)?);
        if holds { &mut settled } else { &mut open }.extend(&conjunct.reads.named);
    }
    let rest: Vec<_> = needs.iter().copied().filter(|node| open.contains(node) || !settled.contains(node)).collect();
    // A statement that uses names of the body is not asked alone: where only that one is left, all of it is named.
    Ok(if rest.is_empty() { needs } else { rest })
}

/// Something at, above or below the node is unknown.
fn touches(schema: &Schema, node: usize, unknown: &Nodes) -> bool {
    let mut around = Nodes::default();
    schema.up(node, &mut around);
    schema.down(node, &mut around);
    around.meets(unknown)
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

fn elements(value: Value) -> Vec<Value> {
    match value {
        Value::Set(set) => set.iter().cloned().collect(),
        Value::Array(array) => array.iter().cloned().collect(),
        _ => Vec::new(),
    }
}
