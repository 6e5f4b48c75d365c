//! Facets of what machines need to start: their images, where their types are to be had, what is reserved for them.

use super::{Fact, facts};
use crate::model::Timestamp;

facts! {
    /// An image of a machine.
    MachineImage {
        /// What it is called. `Name`, `name`.
        name: String,
        /// Whose it is. `OwnerId`.
        account: String,
        /// Id of the image that it is a copy of. `SourceImageId`, `source_ami_id`. Absent: of none that is on record.
        source: String,
        /// The region of that. `SourceImageRegion`, `source_ami_region`.
        source_region: String,
        /// `x86_64`, `arm64`, … `Architecture`, `architecture`.
        architecture: String,
        /// It is hidden from others from then on; whoever knows its id can still use it. `DeprecationTime`,
        /// `deprecation_time`. Absent: never.
        deprecated_at: Timestamp,
        /// What its disks are made from, sorted by id. `BlockDeviceMappings.Ebs.SnapshotId`.
        snapshots: Vec<ImageSnapshot>,
    }

    /// A snapshot that a disk of a machine is made from.
    ImageSnapshot {
        /// `SnapshotId`.
        id: String,
        /// `pending`, `completed`, `error`, … Absent: it is not there any more. `State`.
        state: String,
        /// Key (ARN) that it is encrypted with. `KmsKeyId`. Absent: it is not encrypted.
        key: String,
    }

    /// The types of machines that a region offers.
    MachineTypes {
        /// The engine of databases that they are offered for, lower-case: `postgres`. `Engine`. Absent: they run anything.
        engine: String,
        /// And its version. `EngineVersion`. Absent: they run anything.
        engine_version: String,
        /// The types that were asked for, sorted. Absent: all.
        asked: Vec<String>,
        /// Types by the zones that offer them. `DescribeInstanceTypeOfferings`; of databases
        /// `DescribeOrderableDBInstanceOptions`.
        offered: Vec<TypesInZones>,
    }

    /// Types of machines that the same zones offer.
    TypesInZones {
        /// Names of the zones, sorted. `Location`.
        zones: Vec<String>,
        /// The types, sorted. `InstanceType`.
        types: Vec<String>,
    }

    /// Machines that are kept free for an account.
    Reservation {
        /// `InstanceType`, `instance_type`.
        machine: String,
        /// `AvailabilityZone`, `availability_zone`.
        zone: String,
        /// How many are reserved. `TotalInstanceCount`, `instance_count`.
        total: u32,
        /// How many of them run nothing yet. `AvailableInstanceCount`.
        free: u32,
        /// Whatever fits is put on them. False: only what names the reservation. `InstanceMatchCriteria`,
        /// `instance_match_criteria`.
        open: bool,
        /// When it ends. `EndDate`, `end_date`. Absent: when somebody ends it.
        ends_at: Timestamp,
    }
}
