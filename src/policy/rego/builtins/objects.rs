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
        all.values_mut().for_each(|member| *member = Partial::unknown(member.doubt().and(doubt)));
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

/// Whether the members of one object are in another.
pub(super) fn subset(whole: &Partial, part: &Partial) -> Truth {
    let Some((wanted, _)) = members(part) else { return whole.equals(part) };
    if members(whole).is_none() && !matches!(whole, Partial::Unknown { .. }) {
        return Truth::False;
    }
    let mut doubts = None;
    for (key, value) in wanted {
        let truth = match whole.step(&Partial::Known(key)) {
            Some(there) => match (subset(&there, &value), there.is_there()) {
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
