//! What takes over from a source, as far as every target asks the same.

use super::drafts::Rest;
use super::look::{Look, why};
use crate::model::{Fact, Resource};

/// The replica in that region of an instance of RDS, of several one that follows. Where there is none, that is said.
pub(super) fn replica<'a>(
    look: &Look<'a>,
    source: &Resource,
    to: &str,
    (refused, left_out): (&mut Rest, &mut Rest),
) -> Option<&'a Resource> {
    match source.database.as_deref().map_or(Fact::Unknown, |it| it.cluster.as_ref()) {
        // Its cluster is what comes back.
        Fact::Known(_) => return None,
        Fact::Absent => {}
        Fact::Unknown => {
            let why = format!("not known whether it is a member of a cluster: {}", why(source, "database.cluster"));
            refused.add(source, why);
            return None;
        }
    }
    match source.replication.as_deref().map_or(Fact::Unknown, |it| it.role.as_ref()) {
        Fact::Known(role) if role == "replica" => {
            left_out.add(source, "a read replica: its source is what comes back");
            return None;
        }
        Fact::Known(_) => {}
        _ => {
            refused.add(source, format!("not known what it replicates: {}", why(source, "replication.role")));
            return None;
        }
    }
    let is_replica = |it: &Resource| {
        it.kind == source.kind
            && it.region() == Some(to)
            && it.replication.as_deref().and_then(|it| it.source.text()) == Some(&source.id)
    };
    let follows = |it: &Resource| it.replication.as_deref().is_some_and(|it| it.healthy == Fact::Known(true));
    let mut replicas: Vec<&Resource> = look.all().map(|(_, it)| it).filter(|it| is_replica(it)).collect();
    replicas.sort_by_key(|it| (!follows(it), it.name.clone()));
    let Some((first, rest)) = replicas.split_first() else {
        let why = match look.more(source.kind, Some(to)) {
            Some(gap) => format!("not known whether it has a replica in {to}: {gap}"),
            None => format!("no replica in {to}: there is nothing to promote"),
        };
        refused.add(source, why);
        return None;
    };
    for other in rest {
        let why = format!("a second replica of {}: goes on following what is not there any more", source.name);
        left_out.add(other, why);
    }
    Some(first)
}
