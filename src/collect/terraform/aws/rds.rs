//! RDS and what its API also serves, DocumentDB and Neptune.

mod backups;
mod clusters;
mod common;
mod globals;
mod instances;
mod listed;
mod members;
mod names;
mod refused;
mod roles;
mod subnet_groups;

use crate::collect::terraform::maps::{Finisher, Mapping};
use common::{
    arn_beside, backup, beside, cross_region, encryption, engine_version, lower, protection, region_of, subnet_group,
};

pub(in crate::collect::terraform) const TYPES: &[&[Mapping]] =
    &[instances::TYPES, clusters::TYPES, globals::TYPES, backups::TYPES, subnet_groups::TYPES];

/// In this order: roles in a global cluster come after the members of the global cluster.
pub(in crate::collect::terraform) const FINISHERS: &[Finisher] =
    &[instances::replicas, members::members, globals::members];
