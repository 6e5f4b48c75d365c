//! Networks: subnets and what stands in them, what filters their traffic and where it goes. What machines are started
//! from.

mod acls;
mod common;
mod connections;
mod endpoints;
mod gateways;
mod groups;
mod images;
mod launches;
mod networks;
mod prefix_lists;
mod reservations;
mod routes;
mod rules;
mod subnets;
mod transit;
mod volumes;

use crate::collect::terraform::maps::Service;
pub(super) use common::image;
use common::{id, integer, linked, moment};
pub(super) use groups::{GROUPS as SECURITY_GROUPS, filtered_by, reached, usual_port};
pub(super) use launches::{TEMPLATES, groups as groups_of, is_newest, launch, together};
use networks::VPCS;
pub(super) use subnets::{SUBNETS, in_subnets, network};

pub(super) const SERVICE: Service = Service {
    types: &[
        acls::TYPES,
        connections::TYPES,
        endpoints::TYPES,
        gateways::TYPES,
        groups::TYPES,
        images::TYPES,
        launches::TYPES,
        networks::TYPES,
        reservations::TYPES,
        prefix_lists::TYPES,
        routes::TYPES,
        subnets::TYPES,
        transit::TYPES,
        volumes::TYPES,
    ],
    parts: &[
        acls::PARTS,
        endpoints::PARTS,
        groups::PARTS,
        networks::PARTS,
        prefix_lists::PARTS,
        routes::PARTS,
        transit::PARTS,
    ],
    finishers: &[acls::of_subnets, routes::local, routes::of_subnets, transit::defaults, volumes::snapshots_taken],
    comparers: &[],
};
