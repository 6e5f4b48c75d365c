//! IAM: the roles of an account, and what their policies and their trust hold them to.

use std::collections::HashMap;

use aws_sdk_iam::types::{EntityType, ManagedPolicyDetail, RoleDetail};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use percent_encoding::percent_decode_str;

use super::read::{Listing, list, moment, sorted};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Kind, Place, Rel, Resource, Shared, Status};
use crate::providers::aws::documents::{BOUNDARY, Policy, Reading, role_facts};

const ROLE: &str = "aws.iam.role";

/// Roles and policies a page. A role brings its documents along.
const PAGE: i32 = 300;

pub(crate) struct Iam;

impl Collector for Iam {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec { service: "iam", locality: Locality::Global, kinds: &[ROLE], actions: actions::IAM };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_iam);
            let call = client
                .get_account_authorization_details()
                .filter(EntityType::Role)
                .filter(EntityType::LocalManagedPolicy)
                .filter(EntityType::AwsManagedPolicy);
            let pages = call.into_paginator().page_size(PAGE).send();
            let Listing { items, trouble } = list("iam:GetAccountAuthorizationDetails", pages).await;
            let managed = documents(items.iter().flat_map(|page| page.policies()));
            for role in items.iter().flat_map(|page| page.role_detail_list()) {
                out.push(normalize(role, &managed, &cx.account));
            }
            trouble.map_or(Ok(()), Err)
        }
        .boxed()
    }
}

/// The document of each managed policy in force, by ARN.
fn documents<'a>(policies: impl IntoIterator<Item = &'a ManagedPolicyDetail>) -> HashMap<&'a str, String> {
    let document = |policy: &ManagedPolicyDetail| {
        let in_force = policy.policy_version_list().iter().find(|version| version.is_default_version())?;
        decoded(in_force.document())
    };
    policies.into_iter().filter_map(|policy| Some((policy.arn()?, document(policy)?))).collect()
}

/// Documents arrive URL-encoded.
fn decoded(document: Option<&str>) -> Option<String> {
    percent_decode_str(document?).decode_utf8().ok().map(Into::into)
}

fn normalize(role: &RoleDetail, managed: &HashMap<&str, String>, account: &str) -> Resource {
    let name = role.role_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(ROLE), role.arn().unwrap_or(name), name, Place::global(account));
    resource.tags = tags(role.tags().iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
    resource.status = Some(Shared::from(Status {
        state: Fact::Absent,
        healthy: Fact::Known(true),
        created_at: moment(role.create_date()),
    }));
    let Reading { role: facts, doubt } = facts(role, managed);
    if let Some(doubt) = doubt {
        resource.mark_unknown("role.pins", doubt);
    }
    if facts.policies_complete == Fact::Known(false) {
        resource.mark_unknown("role.pins", "a policy of the role was not read");
    }
    for issuer in facts.trusted_issuers.known().into_iter().flatten() {
        resource.link(Rel::TrustsIssuer, Some(issuer));
    }
    resource.role = Some(Shared::from(facts));
    resource
}

fn facts(role: &RoleDetail, managed: &HashMap<&str, String>) -> Reading {
    let inline: Vec<_> = role
        .role_policy_list()
        .iter()
        .map(|policy| (policy.policy_name().unwrap_or_default(), decoded(policy.policy_document())))
        .collect();
    let inline = inline
        .iter()
        .map(|(name, document)| Policy { name: format!("inline policy '{name}'"), text: document.as_deref() });
    let by_arn = |arn: Option<&str>| managed.get(arn?).map(String::as_str);
    let attached = role.attached_managed_policies().iter().map(|policy| Policy {
        name: format!("managed policy '{}'", policy.policy_name().unwrap_or_default()),
        text: by_arn(policy.policy_arn()),
    });
    let boundary = role.permissions_boundary().and_then(|boundary| boundary.permissions_boundary_arn());
    let boundary = boundary.map(|arn| Policy {
        name: format!("{BOUNDARY} '{}'", arn.rsplit('/').next().unwrap_or(arn)),
        text: by_arn(Some(arn)),
    });
    let mut policies: Vec<Policy<'_>> = inline.chain(attached).chain(boundary).collect();
    policies.sort_by(|a, b| a.name.cmp(&b.name));
    let trust = decoded(role.assume_role_policy_document());
    let mut reading = role_facts(trust.as_deref(), &policies);
    let profiles = role.instance_profile_list().iter().map(|profile| profile.instance_profile_name());
    reading.role.instance_profiles = Fact::Known(sorted(profiles));
    reading.role.service_linked = Fact::from_known(role.path().map(|path| path.starts_with("/aws-service-role/")));
    reading
}

#[cfg(test)]
mod tests {
    use aws_sdk_iam::primitives::DateTime;
    use aws_sdk_iam::types::{
        AttachedPermissionsBoundary, AttachedPolicy, InstanceProfile, PolicyDetail, PolicyVersion, Tag,
    };
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use serde_json::{Value, json};

    use super::*;

    const ARN: &str = "arn:aws:iam::111122223333:role/app";
    const ISSUER: &str = "oidc.eks.us-east-1.amazonaws.com/id/A";

    fn encoded(document: &Value) -> String {
        utf8_percent_encode(&document.to_string(), NON_ALPHANUMERIC).to_string()
    }

    fn managed(name: &str, statement: &Value) -> ManagedPolicyDetail {
        let version = |document: &Value, is_default| {
            PolicyVersion::builder().document(encoded(document)).is_default_version(is_default).build()
        };
        ManagedPolicyDetail::builder()
            .arn(format!("arn:aws:iam::111122223333:policy/{name}"))
            .policy_version_list(version(&json!({"Statement": []}), false))
            .policy_version_list(version(&json!({ "Statement": statement }), true))
            .build()
    }

    fn profile(name: &str) -> InstanceProfile {
        InstanceProfile::builder()
            .instance_profile_name(name)
            .path("/")
            .instance_profile_id("AIPA")
            .arn(format!("arn:aws:iam::111122223333:instance-profile/{name}"))
            .create_date(DateTime::from_secs(1_700_000_000))
            .set_roles(Some(Vec::new()))
            .build()
            .unwrap()
    }

    fn role() -> RoleDetail {
        let policy = "arn:aws:iam::111122223333:policy/";
        let provider = format!("arn:aws:iam::111122223333:oidc-provider/{ISSUER}");
        let trust = json!({"Statement": {"Effect": "Allow", "Principal": {"Federated": provider},
            "Action": "sts:AssumeRoleWithWebIdentity"}});
        let inline = json!({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}});
        RoleDetail::builder()
            .role_name("app")
            .arn(ARN)
            .path("/")
            .create_date(DateTime::from_secs(1_700_000_000))
            .assume_role_policy_document(encoded(&trust))
            .role_policy_list(PolicyDetail::builder().policy_name("in").policy_document(encoded(&inline)).build())
            .attached_managed_policies(
                AttachedPolicy::builder().policy_name("queue").policy_arn(format!("{policy}queue")).build(),
            )
            .permissions_boundary(
                AttachedPermissionsBoundary::builder().permissions_boundary_arn(format!("{policy}fence")).build(),
            )
            .instance_profile_list(profile("web"))
            .instance_profile_list(profile("batch"))
            .tags(Tag::builder().key("app").value("shop").build().unwrap())
            .build()
    }

    #[test]
    fn pins_come_from_attached_policies_and_the_boundary_in_the_version_in_force() {
        let queue = "arn:aws:sqs:us-east-1:111122223333:orders";
        let policies = [
            managed("queue", &json!({"Effect": "Allow", "Action": "sqs:*", "Resource": queue})),
            managed(
                "fence",
                &json!({"Effect": "Allow", "Action": "*", "Resource": "*",
                    "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}}),
            ),
        ];
        let expected = json!({
            "id": ARN, "kind": "aws.iam.role", "name": "app",
            "place": {"account": "111122223333", "region": null},
            "tags": {"app": "shop"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "role": {
                "service_linked": false, "trusted_services": [], "trusted_issuers": [ISSUER],
                "pins": [
                    {"region": "us-east-1", "at": "managed policy 'queue', statement 1", "how": "resource",
                     "value": queue, "allow": true, "excludes": false, "services": ["sqs"]},
                    {"region": "us-east-1", "at": "permissions boundary 'fence', statement 1", "how": "boundary",
                     "value": "aws:RequestedRegion: us-east-1", "allow": true, "excludes": false, "services": ["*"]},
                ],
                "instance_profiles": ["batch", "web"], "policies_complete": true,
            },
            "links": [{"rel": "trusts-issuer", "to": ISSUER}],
            "origin": {"source": ""},
        });
        let resource = normalize(&role(), &documents(&policies), "111122223333");
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn a_policy_that_was_not_read_leaves_the_pins_open() {
        let resource = serde_json::to_value(normalize(&role(), &HashMap::new(), "111122223333")).unwrap();
        let expected = json!({
            "service_linked": false, "trusted_services": [], "trusted_issuers": [ISSUER], "pins": [],
            "instance_profiles": ["batch", "web"], "policies_complete": false,
        });
        assert_eq!(resource["role"], expected);
        assert_eq!(resource["unknown"], json!({"role.pins": "a policy of the role was not read"}));
    }
}
