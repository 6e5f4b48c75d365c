//! Where a bucket is replicated to.

use serde_json::Value;

use super::super::global;
use super::super::replicas::to;
use super::common::{BUCKETS, of_bucket};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::world::{Parts, Referent, World};
use crate::model::{Fact, Resource};

pub(super) fn declared(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    of_bucket(attrs, resources, |bucket| replicated(attrs, "rule", bucket))
}

pub(super) fn taken_away(attrs: &Attrs<'_>, resources: &mut Parts) {
    of_bucket(attrs, resources, |bucket| {
        bucket.unknown.remove("replication.regions");
        to(bucket, Fact::Known(Vec::new()), Vec::new());
    });
}

/// Says it of every bucket once more, when it is known what each is encrypted with.
pub(super) fn finish(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(BUCKETS) {
        // The bucket still shows rules of a separate resource that the plan deletes.
        let is_replicated = global::role(resources, at) == Some("primary");
        if let (Fact::Known(configuration), Some(bucket), true) =
            (Attrs::new(world, at).block_if_set("replication_configuration"), &mut resources[at], is_replicated)
        {
            replicated(&configuration, "rules", bucket);
        }
    }
    for at in world.of_type(&["aws_s3_bucket_replication_configuration"]) {
        let attrs = Attrs::new(world, at);
        // Where it is not known what is replicated, it stays so.
        let bucket = attrs.targets("bucket", BUCKETS).single();
        if bucket.is_some_and(|bucket| global::role(resources, bucket).is_some()) {
            declared(&attrs, resources);
        }
    }
}

/// A rule does not say in which region its destination is: the destination itself does. One that is for a part of the
/// bucket makes no replica of it.
pub(super) fn replicated(attrs: &Attrs<'_>, rules: &str, bucket: &mut Resource) {
    const REGION: &str = "the region of a destination is not known";
    const PART: &str = "whether a rule is for the whole bucket is not known";
    let Fact::Known(rules) = attrs.blocks(rules) else { return to(bucket, Fact::Unknown, Vec::new()) };
    bucket.unknown.remove("replication.regions");
    let key = bucket.encryption.as_ref().map_or(Fact::Unknown, |facts| facts.key.as_ref().map(drop));
    let (mut regions, mut parts, mut gap, mut buckets) = (Vec::new(), Vec::new(), None, Vec::new());
    for rule in rules {
        let is_for_all = is_for_all(&rule, key);
        match rule.text("status") {
            Fact::Known(status) if status == "Enabled" => {}
            Fact::Known(_) => continue,
            _ => {
                gap = Some(REGION);
                continue;
            }
        }
        let targets = rule.block("destination").into_known().map(|destination| destination.targets("bucket", BUCKETS));
        let bucket = targets.filter(|targets| targets.unknown.is_none()).and_then(|targets| match &targets.found[..] {
            [Referent::Here(at, id)] => Some((attrs.world.place(*at).region.known().cloned()?, id.clone())),
            _ => None,
        });
        match (is_for_all, bucket) {
            (Fact::Known(true), Some((region, id))) => {
                regions.push(region);
                buckets.push(id);
            }
            (Fact::Known(false), Some((region, _))) => parts.push(region),
            (Fact::Known(false), None) => {}
            (Fact::Known(true), None) => gap = Some(REGION),
            (Fact::Absent | Fact::Unknown, _) => gap = Some(PART),
        }
    }
    for names in [&mut regions, &mut parts, &mut buckets] {
        names.sort_unstable();
        names.dedup();
    }
    if let Some(gap) = gap {
        bucket.mark_unknown("replication.regions", gap);
    }
    let is_known = gap.is_none() || !regions.is_empty();
    to(bucket, if is_known { Fact::Known(regions) } else { Fact::Unknown }, parts);
    bucket.replication.get_or_insert_default().replicas = Fact::Known(buckets);
}

/// Whether a rule is for every object: it asks for no prefix and for no tag, and for those that are encrypted with a key
/// of KMS, which are left out else, if there are any.
fn is_for_all(rule: &Attrs<'_>, key: Fact<()>) -> Fact<bool> {
    let left_out = match takes_encrypted(rule) {
        Fact::Known(true) => Fact::Absent,
        Fact::Known(false) | Fact::Absent => key,
        Fact::Unknown if key.is_absent() => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    let mut asked = vec![left_out, rule.text("prefix").map(drop)];
    match rule.block("filter") {
        Fact::Known(filter) => {
            asked.push(filter.text("prefix").map(drop));
            if rule.instance().kind.name == "aws_s3_bucket" {
                asked.push(is_asked(filter.state("tags")));
            } else {
                asked.push(is_asked(filter.state("tag")));
                asked.extend(match filter.block("and") {
                    Fact::Known(all) => [all.text("prefix").map(drop), is_asked(all.state("tags"))],
                    other => [other.map(drop), Fact::Absent],
                });
            }
        }
        other => asked.push(other.map(drop)),
    }
    match () {
        () if asked.iter().any(Fact::is_known) => Fact::Known(false),
        () if asked.iter().any(Fact::is_unknown) => Fact::Unknown,
        () => Fact::Known(true),
    }
}

/// Whether a rule is for objects that are encrypted with a key of KMS.
fn takes_encrypted(rule: &Attrs<'_>) -> Fact<bool> {
    let criteria = match rule.block("source_selection_criteria") {
        Fact::Known(criteria) => criteria.block("sse_kms_encrypted_objects"),
        other => other,
    };
    match criteria {
        Fact::Known(of) if rule.instance().kind.name == "aws_s3_bucket" => of.boolean("enabled"),
        Fact::Known(of) => of.text("status").map(|status| status == "Enabled"),
        other => other.map(|_| false),
    }
}

/// Whether a filter asks for tags.
fn is_asked(tags: State<'_>) -> Fact<()> {
    match tags {
        State::Known(Value::Object(tags)) if tags.is_empty() => Fact::Absent,
        State::Known(Value::Array(tags)) if tags.is_empty() => Fact::Absent,
        State::Known(_) => Fact::Known(()),
        State::Null => Fact::Absent,
        State::Unset | State::Unknown(_) => Fact::Unknown,
    }
}
