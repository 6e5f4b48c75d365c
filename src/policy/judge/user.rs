//! The verdict of a policy that a user wrote: what its rules come to over facts that may be unknown.

use std::collections::BTreeSet;

use regorus::Value;

use super::Said;
use crate::policy::bundle::Asked;
use crate::policy::rego::{Doubt, Fault, Machine, Partial, Truth};
use crate::policy::rules::Rules;
use crate::policy::schema::Schema;

/// The error: it ran into its bounds.
pub(super) fn ask(machine: &mut Machine<'_>, asked: &Asked, rules: &Rules, input: &Value) -> Result<Said, String> {
    match derive(machine, asked, rules, input) {
        Ok(said) => Ok(said),
        Err(Fault::Error(message)) => Ok(Said::Error(message)),
        Err(Fault::Limit(message)) => Err(message),
        Err(Fault::Enough) => Ok(Said::Error("the policy was not judged to its end".to_owned())),
    }
}

fn derive(machine: &mut Machine<'_>, asked: &Asked, rules: &Rules, input: &Value) -> Result<Said, Fault> {
    if let Some(arises) = asked.arises {
        let schema = Schema::of_resource();
        let mut read = rules.arises.iter().flat_map(|arises| &arises.reads.named);
        if !machine.holds_of_the_known(arises, input.clone())? {
            // What was found so far is enough to ask, but something has to have been looked for.
            return Ok(match machine.holds(arises)? {
                Truth::Doubtful(doubt) if !read.all(|node| schema.is_there(*node, input)) => unknown(&doubt),
                _ => Said::NotApplicable,
            });
        }
    }
    if let Some(applies) = asked.applies {
        match machine.holds(applies)? {
            Truth::True => {}
            Truth::False => return Ok(Said::NotApplicable),
            Truth::Doubtful(doubt) => return Ok(unknown(&doubt)),
        }
    }
    let (mut findings, mut maybe, mut only_warns) = (Vec::new(), None, true);
    for deny in &asked.denies {
        let found = machine.findings(*deny, &asked.file, &|_, _| BTreeSet::new())?;
        if let Some(message) = found.errors.into_iter().next() {
            return Err(Fault::Error(message));
        }
        only_warns &= found.certain.is_empty() || asked.warns.contains(deny);
        findings.extend(found.certain.into_iter().map(|(finding, _)| finding));
        Doubt::join(&mut maybe, found.maybe.values());
    }
    if !findings.is_empty() {
        let findings = findings.iter().map(value).collect();
        return Ok(if only_warns { Said::Warn(findings) } else { Said::Fail(findings) });
    }
    let Some(maybe) = maybe else { return Ok(Said::Pass) };
    if let Some(satisfied) = asked.satisfied
        && machine.holds(satisfied)? == Truth::True
    {
        return Ok(Said::Pass);
    }
    Ok(unknown(&maybe))
}

fn unknown(doubt: &Doubt) -> Said {
    Said::Unknown(doubt.nodes().iter().collect())
}

/// A finding for the report. What is not known in it is left out.
pub(super) fn value(finding: &Partial) -> Value {
    match finding.known() {
        Some(value) => value.clone(),
        None => finding.to_json().map_or(Value::Null, Value::from),
    }
}
