//! Objects that are known in part.

use std::collections::BTreeMap;

use regorus::Value;

use super::super::value::{Doubt, Partial, Truth};

fn members(object: &Partial) -> Option<(BTreeMap<Value, Partial>, Option<Doubt>)> {
    match object {
        Partial::Object(members, more) => Some((members.clone(), more.clone())),
        Partial::Known(Value::Object(members)) => {
            let member = |(key, value): (&Value, &Value)| (key.clone(), Partial::Known(value.clone()));
            Some((members.iter().map(member).collect(), None))
        }
        _ => None,
    }
}

/// The members of both; where both have one, the second counts, and objects are united in their turn.
pub(super) fn union(one: &Partial, two: &Partial) -> Option<Partial> {
    let ((mut all, mut more), (over, more_over)) = (members(one)?, members(two)?);
    if let Some(doubt) = &more_over {
        // Whatever the first has may be replaced.
        for member in all.values_mut() {
            let (doubt, missing) = (member.doubt().and(doubt), !member.is_there());
            *member = Partial::Unknown { doubt, missing, node: None };
        }
        Doubt::add(&mut more, doubt);
    }
    for (key, member) in over {
        let value = match all.remove(&key) {
            None => member,
            Some(before) => match (&before, &member) {
                (_, Partial::Known(value)) if !matches!(value, Value::Object(_)) => member,
                (Partial::Unknown { .. }, _) | (_, Partial::Unknown { .. }) => {
                    let doubt = before.doubt().and(&member.doubt());
                    Partial::Unknown { doubt, missing: !before.is_there() && !member.is_there(), node: None }
                }
                _ => union(&before, &member).unwrap_or(member),
            },
        };
        all.insert(key, value);
    }
    Some(Partial::object(all, more))
}

/// Whether the members of one object are in another. `known` is the same of what is known altogether.
pub(super) fn subset(whole: &Partial, part: &Value, known: &dyn Fn(&Value, &Value) -> bool) -> Truth {
    if let Partial::Known(whole) = whole {
        return Truth::of(known(whole, part));
    }
    let (Partial::Object(..), Value::Object(wanted)) = (whole, part) else {
        return Truth::Doubtful(whole.doubt());
    };
    let mut doubts = None;
    for (key, value) in wanted.iter() {
        let truth = match whole.step(&Partial::Known(key.clone())) {
            Some(there) => match (subset(&there, value, known), there.is_there()) {
                (Truth::True, false) => Truth::Doubtful(there.doubt()),
                (truth, _) => truth,
            },
            None => Truth::False,
        };
        match truth {
            Truth::True => {}
            Truth::False => return Truth::False,
            Truth::Doubtful(doubt) => Doubt::add(&mut doubts, &doubt),
        }
    }
    doubts.map_or(Truth::True, Truth::Doubtful)
}

/// The same of two values that are known, as OPA has it: lists are searched for the list, and sets for the members.
pub(super) fn known_subset(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|there| known_subset(there, value)))
        }
        (Value::Set(whole), Value::Set(part)) => part.iter().all(|member| whole.contains(member)),
        (Value::Array(whole), Value::Array(part)) => {
            let (whole, part): (Vec<_>, Vec<_>) = (whole.iter().collect(), part.iter().collect());
            part.is_empty() || whole.windows(part.len()).any(|window| window == part.as_slice())
        }
        (whole, part) => whole == part,
    }
}
