//! Where the rules of a bucket replicate it to.

use std::collections::BTreeMap;

use aws_sdk_s3::types::{ReplicationRule, ReplicationRuleStatus, SseKmsEncryptedObjectsStatus};

use super::super::read::sorted;
use super::super::{Trouble, TroubleClass};
use crate::model::{Fact, Replication, Resource, Shared};

pub(super) fn is_on(rule: &ReplicationRule) -> bool {
    *rule.status() == ReplicationRuleStatus::Enabled
}

/// The name of the bucket that a rule replicates to.
pub(super) fn destination(rule: &ReplicationRule) -> Option<&str> {
    let arn = rule.destination()?.bucket();
    Some(arn.rsplit_once(":::").map_or(arn, |(_, name)| name))
}

/// Fills what is replicated where. `regions`: of the destinations.
pub(super) fn replicate(
    rules: &[ReplicationRule],
    key: &Fact<String>,
    regions: &BTreeMap<String, Result<String, Trouble>>,
    bucket: &mut Resource,
    noted: &mut dyn FnMut(&mut Resource, &[&str], Trouble),
) {
    let (mut whole, mut parts, mut gap, mut buckets) = (Vec::new(), Vec::new(), None, Vec::new());
    for rule in rules.iter().filter(|rule| is_on(rule)) {
        let to = rule.destination().map(|destination| destination.bucket());
        match (is_for_all(rule, key), destination(rule).and_then(|name| regions.get(name))) {
            // The bucket is gone, and nothing gets there.
            (_, Some(Err(trouble))) if trouble.class == TroubleClass::NotFound => {}
            (Fact::Known(true), Some(Ok(region))) => {
                whole.push(region.as_str());
                buckets.extend(to);
            }
            (Fact::Known(false), Some(Ok(region))) => parts.push(region.as_str()),
            (Fact::Known(is_whole), Some(Err(trouble))) => {
                buckets.extend(to.filter(|_| is_whole));
                gap = Some(trouble.clone());
            }
            _ => {
                for path in ["replication.partial_regions", "replication.regions", "replication.replicas"] {
                    bucket.mark_unknown(path, "whether a rule is for the whole bucket is not known");
                }
            }
        }
    }
    let (whole, parts) = (sorted(whole), sorted(parts));
    let is_unclear = gap.is_some() || bucket.unknown.contains_key("replication.regions");
    bucket.replication = Some(Shared::from(Replication {
        role: if whole.is_empty() && parts.is_empty() && !is_unclear { "none" } else { "primary" }.into(),
        replicas: Fact::Known(sorted(buckets)),
        regions: if is_unclear && whole.is_empty() { Fact::Unknown } else { Fact::Known(whole) },
        partial_regions: Fact::Known(parts),
        ..Replication::default()
    }));
    if let Some(trouble) = gap {
        noted(bucket, &["replication.partial_regions", "replication.regions"], trouble);
    }
}

/// Whether a rule is for every object: it asks for no prefix and for no tag, and for those that are encrypted with a key of
/// KMS, which are left out else, if there are any.
fn is_for_all(rule: &ReplicationRule, key: &Fact<String>) -> Fact<bool> {
    let is_set = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    #[expect(deprecated, reason = "the first version of rules has it, and is in use")]
    let by_prefix = is_set(rule.prefix());
    let by_filter = rule.filter().is_some_and(|filter| {
        let all = filter.and().is_some_and(|all| is_set(all.prefix()) || !all.tags().is_empty());
        is_set(filter.prefix()) || filter.tag().is_some() || all
    });
    let criteria = rule.source_selection_criteria().and_then(|it| it.sse_kms_encrypted_objects());
    let takes_encrypted = criteria.is_some_and(|it| *it.status() == SseKmsEncryptedObjectsStatus::Enabled);
    match key {
        _ if by_prefix || by_filter => Fact::Known(false),
        _ if takes_encrypted => Fact::Known(true),
        Fact::Absent => Fact::Known(true),
        Fact::Known(_) => Fact::Known(false),
        Fact::Unknown => Fact::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{Destination, ReplicationRuleFilter, Tag};
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Kind, Place};

    fn rule(to: &str, status: ReplicationRuleStatus) -> aws_sdk_s3::types::builders::ReplicationRuleBuilder {
        let destination = Destination::builder().bucket(format!("arn:aws:s3:::{to}")).build().unwrap();
        ReplicationRule::builder().status(status).destination(destination)
    }

    fn replicated(rules: Vec<ReplicationRule>, key: Fact<String>) -> Value {
        let (action, reason) = ("s3:GetBucketLocation", "NoSuchBucket".to_owned());
        let gone = Err(Trouble { action, class: TroubleClass::NotFound, reason });
        let regions = BTreeMap::from([("west".to_owned(), Ok("us-west-2".to_owned())), ("gone".to_owned(), gone)]);
        let mut bucket = Resource::new(Kind::of("aws.s3.bucket"), "arn:aws:s3:::orders", "orders", Place::default());
        replicate(&rules, &key, &regions, &mut bucket, &mut |_, _, _| {});
        serde_json::to_value(bucket).unwrap()["replication"].clone()
    }

    #[test]
    fn a_rule_for_a_part_of_the_bucket_replicates_a_part() {
        let key = || Fact::from("arn:aws:kms:us-east-1:111122223333:key/1");
        let on = || rule("west", ReplicationRuleStatus::Enabled);
        let part = json!({"role": "primary", "replicas": [], "regions": [], "partial_regions": ["us-west-2"]});
        let prefix = ReplicationRuleFilter::builder().prefix("logs/").build();
        assert_eq!(replicated(vec![on().filter(prefix).build().unwrap()], Fact::Absent), part);
        let tag = ReplicationRuleFilter::builder().tag(Tag::builder().key("dr").value("yes").build().unwrap()).build();
        assert_eq!(replicated(vec![on().filter(tag).build().unwrap()], Fact::Absent), part);
        // What is encrypted with a key of KMS is left out, if nobody says otherwise.
        assert_eq!(replicated(vec![on().build().unwrap()], key()), part);
        let all = ReplicationRuleFilter::builder().prefix("").build();
        assert_eq!(
            replicated(vec![on().filter(all).build().unwrap()], Fact::Absent),
            json!({
                "role": "primary", "replicas": ["arn:aws:s3:::west"], "regions": ["us-west-2"], "partial_regions": [],
            })
        );
        let none = json!({"role": "none", "replicas": [], "regions": [], "partial_regions": []});
        let off = rule("west", ReplicationRuleStatus::Disabled).build().unwrap();
        let to_nothing = rule("gone", ReplicationRuleStatus::Enabled).build().unwrap();
        assert_eq!(replicated(vec![off, to_nothing], Fact::Absent), none);
    }
}
