//! Parameter and option groups of databases.

use super::super::settings::{Group, OWN, group, option_group, parameter_group};
use super::names::REPLICATED;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::maps::Mapping;

pub(super) const TYPES: &[Mapping] = &[
    option_group("aws_db_option_group"),
    parameter_group("aws_db_parameter_group"),
    parameter_group("aws_docdb_cluster_parameter_group"),
    parameter_group("aws_neptune_cluster_parameter_group"),
    parameter_group("aws_neptune_parameter_group"),
    parameter_group("aws_rds_cluster_parameter_group"),
];

const OPTIONS: &[&str] = &["aws_db_option_group"];

const PARAMETERS: &[&str] = &[
    "aws_db_parameter_group",
    "aws_docdb_cluster_parameter_group",
    "aws_neptune_cluster_parameter_group",
    "aws_neptune_parameter_group",
    "aws_rds_cluster_parameter_group",
];

/// The parameter group of a cluster or a member of one. Neither a restored cluster nor one that follows another takes one
/// over.
pub(super) fn parameters(attrs: &Attrs<'_>, name: &str) -> Group {
    group(attrs, name, PARAMETERS, OWN.into())
}

/// The parameter and the option group of an instance. A replica that names none has those of its source if that is in the
/// same region, and the provider's own parameters otherwise; what is restored has the options of its snapshot.
pub(super) fn of_instance(
    attrs: &Attrs<'_>,
    source: Option<&Attrs<'_>>,
    cross_region: Option<bool>,
    restored: bool,
) -> [Group; 2] {
    let [mut parameters, mut options] = [OWN, OWN].map(Group::from);
    if attrs.is_set(REPLICATED) {
        let from_source = source.filter(|_| cross_region == Some(false));
        // Of a chain of replicas, only the next one is looked at.
        let first = |source: &Attrs<'_>| if source.is_set(REPLICATED) { Group::default() } else { OWN.into() };
        [parameters, options] = match from_source {
            Some(source) => named(source, [first(source), first(source)]),
            None => Default::default(),
        };
        if cross_region == Some(true) {
            parameters = OWN.into();
        }
    } else if restored {
        options = Group::default();
    }
    named(attrs, [parameters, options])
}

/// What the attributes of an instance name, or else what it has without.
fn named(attrs: &Attrs<'_>, unset: [Group; 2]) -> [Group; 2] {
    let [parameters, options] = unset;
    [group(attrs, "parameter_group_name", PARAMETERS, parameters), group(attrs, "option_group_name", OPTIONS, options)]
}
