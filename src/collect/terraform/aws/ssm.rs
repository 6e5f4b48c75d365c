//! Parameters of Parameter Store. Their values are not read.

use super::kms;
use super::provider::TYPE;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Encryption, Fact, Parameter, Rel, Resource, Shared};

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_ssm_parameter",
        kind: Some("aws.ssm.parameter"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("encryption.enabled", "type"),
            ("encryption.key", "key_id"),
            ("parameter.format", "type"),
            ("parameter.tier", "tier"),
        ],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Resource(parameter),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn parameter(attrs: &Attrs<'_>, resource: &mut Resource) {
    let format = attrs.text("type").map(|format| format.to_lowercase());
    let enabled = format.as_ref().map(|format| format == "securestring");
    let key = match (&enabled, attrs.state("key_id")) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Null | State::Unset) => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/ssm"));
            "alias/aws/ssm".into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, "key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled, key }));
    // The provider cannot set policies, but others can.
    let policies = if attrs.is_created() { Fact::Known(Vec::new()) } else { Fact::Unknown };
    if policies.is_unknown() {
        resource.mark_unknown("parameter.policies", "code does not know them");
    }
    let tier = attrs.text_or("tier", "Standard").map(|tier| tier.to_lowercase());
    resource.parameter = Some(Shared::from(Parameter { format, tier, policies }));
}
