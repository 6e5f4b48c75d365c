//! AWS Backup: vaults and their locks, plans and what they select, and plans that restore for a test.

mod common;
mod plans;
mod region_settings;
mod restore_testing;
mod selections;
mod shares;
mod vaults;

use crate::collect::terraform::maps::Service;

pub(super) const SERVICE: Service = Service {
    types: &[
        vaults::TYPES,
        plans::TYPES,
        region_settings::TYPES,
        selections::TYPES,
        restore_testing::TYPES,
        shares::TYPES,
    ],
    parts: &[vaults::PARTS, selections::PARTS, restore_testing::PARTS, shares::PARTS],
    finishers: &[region_settings::left_out],
    comparers: &[],
};
