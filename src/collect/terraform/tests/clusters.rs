//! Who may use a Kubernetes cluster, and what runs in it.

use serde_json::{Value, json};

use super::created;

const CLUSTER: &str = "aws_eks_cluster.shop";

/// What is found at an address beside a cluster and a role whose ARNs are known only after apply.
fn beside(address: &str, values: Value, unknown: Value, code: Value) -> Value {
    let role = json!({"name": "deploy"});
    let found = created(&[
        (CLUSTER, json!({"name": "shop"}), json!({"arn": true, "access_config": true}), json!({})),
        ("aws_iam_role.deploy", role, json!({"arn": true}), json!({})),
        (address, values, unknown, code),
    ]);
    let facts = ["kind", "name", "kubernetes", "links"].map(|facet| (facet.to_owned(), found[address][facet].clone()));
    Value::Object(facts.into_iter().collect())
}

fn code(attribute: &str) -> Value {
    json!({
        "cluster_name": {"references": ["aws_eks_cluster.shop.name", "aws_eks_cluster.shop"]},
        attribute: {"references": ["aws_iam_role.deploy.arn", "aws_iam_role.deploy"]},
    })
}

#[test]
fn an_add_on_belongs_to_its_cluster_and_takes_on_a_role() {
    let values = json!({"addon_name": "vpc-cni", "cluster_name": "shop", "addon_version": "v1.20.1", "preserve": true});
    let unknown = json!({"arn": true, "service_account_role_arn": true});
    assert_eq!(
        beside("aws_eks_addon.cni", values, unknown, code("service_account_role_arn")),
        json!({
            "kind": "aws.eks.add-on", "name": "vpc-cni",
            "kubernetes": {"version": "v1.20.1", "cluster": "shop", "role": "aws_iam_role.deploy", "kept_when_deleted": true},
            "links": [
                {"rel": "member-of", "to": "aws_eks_cluster.shop"}, {"rel": "assumes", "to": "aws_iam_role.deploy"},
            ],
        })
    );
    let values = json!({"addon_name": "vpc-cni", "cluster_name": "elsewhere", "service_account_role_arn": null});
    let unknown = json!({"arn": true, "addon_version": true});
    assert_eq!(
        beside("aws_eks_addon.cni", values, unknown, json!({"cluster_name": {"constant_value": "elsewhere"}})),
        json!({
            "kind": "aws.eks.add-on", "name": "vpc-cni",
            "kubernetes": {"cluster": "elsewhere", "role": null, "kept_when_deleted": false},
            "links": [{"rel": "member-of", "to": "elsewhere"}],
        })
    );
}

#[test]
fn an_access_entry_says_whom_it_lets_in_even_if_that_is_made_with_it() {
    let values = json!({"cluster_name": "shop", "type": "EC2_LINUX"});
    let unknown = json!({"access_entry_arn": true, "principal_arn": true});
    assert_eq!(
        beside("aws_eks_access_entry.deploy", values, unknown, code("principal_arn")),
        json!({
            "kind": "aws.eks.access-entry", "name": "role/deploy",
            "kubernetes": {"cluster": "shop", "access_type": "ec2_linux"},
            "links": [
                {"rel": "member-of", "to": "aws_eks_cluster.shop"}, {"rel": "admits", "to": "aws_iam_role.deploy"},
            ],
        })
    );
    let of = |principal: &str| {
        let values = json!({"cluster_name": "shop", "principal_arn": principal});
        beside("aws_eks_access_entry.deploy", values, json!({"access_entry_arn": true}), code("user_name"))
    };
    let member = json!({"rel": "member-of", "to": "aws_eks_cluster.shop"});
    let expected = |name: &str, principal: &str, links: Value| {
        json!({
            "kind": "aws.eks.access-entry", "name": name,
            "kubernetes": {"cluster": "shop", "principal": principal, "access_type": "standard"}, "links": links,
        })
    };
    let role = "arn:aws:iam::111122223333:role/ops/deploy";
    let admits = json!({"rel": "admits", "to": role});
    assert_eq!(of(role), expected("role/deploy", role, json!([member, admits])));
    let user = "arn:aws:iam::111122223333:user/ann";
    assert_eq!(of(user), expected("user/ann", user, json!([member])));
}

#[test]
fn a_cluster_says_where_its_users_are_said_once_that_is_known() {
    let mode = |config: Value, unknown: Value| {
        let values = json!({"name": "shop", "access_config": config});
        let found = created(&[(CLUSTER, values, unknown, json!({}))]);
        found[CLUSTER]["kubernetes"].get("authentication_mode").cloned()
    };
    let of = |mode: &str| json!([{"authentication_mode": mode}]);
    assert_eq!(mode(of("API_AND_CONFIG_MAP"), json!({})), Some(json!("api_and_config_map")));
    assert_eq!(mode(Value::Null, json!({"access_config": true})), None);
    let unset = json!([{"bootstrap_cluster_creator_admin_permissions": true}]);
    assert_eq!(mode(unset, json!({"access_config": [{"authentication_mode": true}]})), None);
}
