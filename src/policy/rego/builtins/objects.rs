//! Objects that are known in part.

use regorus::Value;

use super::super::value::{Doubt, Partial, Truth};
use super::own::is_within;

/// The members of both; where both have one, the second counts, and objects are united in their turn.
pub(super) fn union(one: &Partial, two: &Partial) -> Option<Partial> {
    let ((mut all, mut more), (over, more_over)) = (one.members()?, two.members()?);
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

/// Whether the members of one object are in another.
pub(super) fn subset(whole: &Partial, part: &Value) -> Truth {
    if let Partial::Known(whole) = whole {
        return Truth::of(is_within(whole, part));
    }
    let (Partial::Object(..), Value::Object(wanted)) = (whole, part) else {
        return Truth::Doubtful(whole.doubt());
    };
    let mut doubts = None;
    for (key, value) in wanted.iter() {
        let truth = match whole.step(&Partial::Known(key.clone())) {
            Some(there) => match (subset(&there, value), there.is_there()) {
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
    Truth::True.unless(doubts)
}
