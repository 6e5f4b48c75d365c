//! Access entries: who may use a cluster, and which nodes may join it.

use aws_sdk_eks::Client;
use aws_sdk_eks::types::AccessEntry;

use super::super::{Context, Trouble};
use super::{ACCESS_ENTRY, Named, arn, part, tags};
use crate::model::{Fact, Rel, Resource};
use crate::providers::aws::eks::principal_name;

/// What `DescribeAccessEntry` gives.
pub(super) const DESCRIBED: &[&str] = &["kubernetes.access_type", "tags"];

pub(super) async fn describe(
    client: &Client,
    principal: &str,
    named: &Named,
    cx: &Context,
) -> Result<Resource, Trouble> {
    const ACTION: &str = "eks:DescribeAccessEntry";
    let answer = client.describe_access_entry().cluster_name(&named.cluster).principal_arn(principal).send().await;
    let entry = answer.map_err(|error| Trouble::new(ACTION, &error))?.access_entry;
    Ok(normalize(principal, &entry.ok_or_else(|| Trouble::empty(ACTION))?, named, cx))
}

/// What the list of principals tells.
pub(super) fn listed(principal: &str, named: &Named, cx: &Context) -> Resource {
    let name = principal_name(principal).unwrap_or_else(|| principal.to_owned());
    let (what, of) = name.split_once('/').unwrap_or((&name, ""));
    let account = principal.split(':').nth(4).unwrap_or_default();
    let id = arn(cx, format!("access-entry/{}/{what}/{account}/{of}", named.cluster).trim_end_matches('/'));
    let mut resource = part(ACCESS_ENTRY, &id, &name, named, cx.place());
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.principal = Fact::from(principal);
    }
    if name.starts_with("role/") {
        resource.link(Rel::Admits, Some(principal));
    }
    resource
}

fn normalize(principal: &str, entry: &AccessEntry, named: &Named, cx: &Context) -> Resource {
    let mut resource = listed(principal, named, cx);
    if let Some(arn) = entry.access_entry_arn() {
        arn.clone_into(&mut resource.id);
    }
    resource.tags = tags(entry.tags());
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.access_type = Fact::from_known(entry.r#type().map(str::to_lowercase));
    }
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use serde_json::{Value, json};

    use super::super::Part;
    use super::*;
    use crate::model::Timestamp;

    const CLUSTER: &str = "arn:aws:eks:us-east-1:111122223333:cluster/shop";

    fn json_of(principal: &str, entry: &AccessEntry) -> Value {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let part = Part::AccessEntry(principal.to_owned());
        let named = Named { cluster: "shop".to_owned(), cluster_arn: CLUSTER.to_owned(), part };
        serde_json::to_value(normalize(principal, entry, &named, &cx)).unwrap()
    }

    #[test]
    fn an_entry_tells_whom_it_lets_in_and_for_what() {
        let arn = "arn:aws:eks:us-east-1:111122223333:access-entry/shop/role/111122223333/deploy/1";
        let principal = "arn:aws:iam::111122223333:role/ops/deploy";
        let entry = AccessEntry::builder().access_entry_arn(arn).r#type("STANDARD").tags("app", "shop").build();
        let expected = json!({
            "id": arn, "kind": "aws.eks.access-entry", "name": "role/deploy",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "kubernetes": {"cluster": "shop", "principal": principal, "access_type": "standard"},
            "links": [{"rel": "member-of", "to": CLUSTER}, {"rel": "admits", "to": principal}],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(principal, &entry), expected);
    }

    #[test]
    fn what_the_answer_leaves_out_is_not_known() {
        let principal = "arn:aws:iam::444455556666:user/ann";
        let expected = json!({
            "id": "arn:aws:eks:us-east-1:111122223333:access-entry/shop/user/444455556666/ann",
            "kind": "aws.eks.access-entry", "name": "user/ann",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "kubernetes": {"cluster": "shop", "principal": principal},
            "links": [{"rel": "member-of", "to": CLUSTER}],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(principal, &AccessEntry::builder().build()), expected);
    }
}
