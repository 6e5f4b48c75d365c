//! RDS and what its API also serves, DocumentDB and Neptune.

mod backups;
mod clusters;
mod common;
mod globals;
mod groups;
mod instances;
mod listed;
mod members;
mod names;
mod refused;
mod roles;
mod subnet_groups;

use crate::collect::terraform::maps::Service;
use common::{
    arn_beside, backup, beside, cross_region, encryption, engine_version, lower, protection, region_of, subnet_group,
};

pub(super) const SERVICE: Service = Service {
    types: &[instances::TYPES, clusters::TYPES, globals::TYPES, backups::TYPES, subnet_groups::TYPES, groups::TYPES],
    parts: &[],
    // Roles in a global cluster come after the members of the global cluster.
    finishers: &[instances::replicas, members::members, globals::members],
    comparers: &[],
};
