//! The AWS provider, as the reader of plans and states has to know it.

use serde_json::{Map, Value};

use super::{block, place};
use crate::collect::terraform::mapping::{Reach, Type};
use crate::collect::terraform::provider::Provider;

pub(super) const AWS: &Provider = &Provider {
    name: "aws",
    addresses: &["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"],
    prefix: "aws_",
    common: &["id", "region", "tags", "tags_all", "availability_zone"],
    global_id: "arn",
    is_global_id: place::is_arn,
    place_of_id: place::of_arn,
    region: place::region,
    is_region: place::is_region,
    is_account: place::is_account,
    region_argument: "region",
    leaves_region: place::leaves_region,
    identity: place::of_identity,
    witness: place::witness,
    block: block::says,
    secrets: &[("aws_ssm_parameter", &["value"])],
    copies: &[("tags", "tags_all")],
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
    outlive: &[
        "aws_backup_region_settings",
        "aws_default_network_acl",
        "aws_default_route_table",
        "aws_default_security_group",
    ],
    is_variable: is_beanstalk_environment,
};

/// What a type has if its mapping does not say otherwise.
pub(super) const TYPE: Type = Type {
    provider: AWS,
    name: "",
    kind: None,
    global_id: "",
    names: &[],
    reach: Reach::Region,
    unique: "",
    facts: &[],
    reads: &[],
};

/// A `setting` of Elastic Beanstalk that is a variable of the environment.
fn is_beanstalk_environment(members: &Map<String, Value>) -> bool {
    members.get("namespace").and_then(Value::as_str) == Some("aws:elasticbeanstalk:application:environment")
}
