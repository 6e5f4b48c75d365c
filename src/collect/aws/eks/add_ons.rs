//! Add-ons: what EKS keeps running in a cluster.

use aws_sdk_eks::Client;
use aws_sdk_eks::types::{Addon, AddonHealth};

use super::super::read::{moment, sorted};
use super::super::{Context, Trouble};
use super::{ADD_ON, Named, arn, part, status, tags};
use crate::model::{Fact, Rel, Resource, Shared, Status};

/// What `DescribeAddon` gives besides what it gives of every part.
pub(super) const DESCRIBED: &[&str] = &["kubernetes.issues", "kubernetes.role", "kubernetes.version"];

pub(super) async fn describe(client: &Client, name: &str, named: &Named, cx: &Context) -> Result<Resource, Trouble> {
    const ACTION: &str = "eks:DescribeAddon";
    let answer = client.describe_addon().cluster_name(&named.cluster).addon_name(name).send().await;
    let add_on = answer.map_err(|error| Trouble::new(ACTION, &error))?.addon.ok_or_else(|| Trouble::empty(ACTION))?;
    Ok(normalize(name, &add_on, named, cx))
}

fn normalize(name: &str, add_on: &Addon, named: &Named, cx: &Context) -> Resource {
    let id = add_on.addon_arn().map(str::to_owned);
    let id = id.unwrap_or_else(|| arn(cx, &format!("addon/{}/{name}", named.cluster)));
    let mut resource = part(ADD_ON, &id, name, named, cx.place());
    resource.tags = tags(add_on.tags());
    let codes = |health: &AddonHealth| {
        sorted(health.issues().iter().filter_map(|issue| issue.code()).map(|code| code.as_str()))
    };
    let issues = Fact::from_known(add_on.health().map(codes));
    let state = status(add_on.status().map(|status| status.as_str()));
    resource.status = Some(Shared::from(Status {
        created_at: moment(add_on.created_at()),
        healthy: state.healthy.map(|healthy| healthy && issues.known().is_none_or(Vec::is_empty)),
        state: state.state,
    }));
    if let Some(kubernetes) = &mut resource.kubernetes {
        kubernetes.version = Fact::from_known(add_on.addon_version().map(str::to_owned));
        kubernetes.issues = issues;
        kubernetes.role = Fact::from_read(add_on.service_account_role_arn().map(str::to_owned));
    }
    resource.link(Rel::Assumes, add_on.service_account_role_arn());
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_eks::primitives::DateTime;
    use aws_sdk_eks::types::{AddonIssue, AddonIssueCode, AddonStatus};
    use serde_json::{Value, json};

    use super::super::Part;
    use super::*;
    use crate::model::Timestamp;

    const NAME: &str = "aws-ebs-csi-driver";
    const CLUSTER: &str = "arn:aws:eks:us-east-1:111122223333:cluster/shop";

    fn json_of(add_on: &Addon) -> Value {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let named =
            Named { cluster: "shop".to_owned(), cluster_arn: CLUSTER.to_owned(), part: Part::AddOn(NAME.to_owned()) };
        serde_json::to_value(normalize(NAME, add_on, &named, &cx)).unwrap()
    }

    #[test]
    fn an_add_on_tells_its_version_its_health_and_its_role() {
        let arn = "arn:aws:eks:us-east-1:111122223333:addon/shop/aws-ebs-csi-driver/1";
        let issue = |code| AddonIssue::builder().code(code).build();
        let health = AddonHealth::builder()
            .issues(issue(AddonIssueCode::InsufficientNumberOfReplicas))
            .issues(issue(AddonIssueCode::AccessDenied));
        let add_on = Addon::builder()
            .addon_name(NAME)
            .addon_arn(arn)
            .cluster_name("shop")
            .addon_version("v1.48.0-eksbuild.1")
            .status(AddonStatus::Active)
            .health(health.build())
            .created_at(DateTime::from_secs(1_700_000_000))
            .service_account_role_arn("arn:aws:iam::111122223333:role/ebs")
            .tags("app", "shop")
            .build();
        let expected = json!({
            "id": arn, "kind": "aws.eks.add-on", "name": NAME,
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"},
            "status": {"state": "active", "healthy": false, "created_at": "2023-11-14T22:13:20Z"},
            "kubernetes": {
                "version": "v1.48.0-eksbuild.1", "cluster": "shop", "issues": ["AccessDenied", "InsufficientNumberOfReplicas"],
                "role": "arn:aws:iam::111122223333:role/ebs",
            },
            "links": [
                {"rel": "member-of", "to": CLUSTER},
                {"rel": "assumes", "to": "arn:aws:iam::111122223333:role/ebs"},
            ],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(&add_on), expected);
    }

    #[test]
    fn what_the_answer_leaves_out_is_not_known() {
        let expected = json!({
            "id": "arn:aws:eks:us-east-1:111122223333:addon/shop/aws-ebs-csi-driver",
            "kind": "aws.eks.add-on", "name": NAME,
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {},
            "status": {"created_at": null},
            "kubernetes": {"cluster": "shop", "role": null},
            "links": [{"rel": "member-of", "to": CLUSTER}],
            "origin": {"source": ""},
        });
        assert_eq!(json_of(&Addon::builder().build()), expected);
    }
}
