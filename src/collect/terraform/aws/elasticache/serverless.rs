//! Serverless caches. The service spreads each over zones and replaces what fails.

use super::super::ec2::{filtered_by, in_subnets};
use super::super::kms;
use super::super::provider::TYPE;
use super::common::backup;
use crate::collect::caches::unreplicated;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Capacity, Database, Encryption, Fact, Network, Protection, Redundancy, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_elasticache_serverless_cache",
        kind: Some("aws.elasticache.serverless-cache"),
        global_id: "arn",
        names: &["name"],
        facts: &[
            ("backup.enabled", "snapshot_retention_limit"),
            ("backup.retention_days", "snapshot_retention_limit"),
            ("database.engine", "engine"),
            ("database.engine_version", "major_engine_version"),
            ("encryption.key", "kms_key_id"),
            ("network.security_groups", "security_group_ids"),
            ("network.subnets", "subnet_ids"),
        ],
        reads: &[
            "endpoint.address",
            "endpoint.port",
            "full_engine_version",
            "reader_endpoint.address",
            "reader_endpoint.port",
        ],
        ..TYPE
    },
    maps: Maps::Resource(cache),
}];

fn cache(attrs: &Attrs<'_>, resource: &mut Resource) {
    let subnets = in_subnets(attrs, resource, "subnet_ids");
    resource.backup = Some(backup(attrs).into());
    resource.replication = Some(Shared::from(unreplicated()));
    // Its zones are no matter of its subnets.
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(true),
        automatic_failover: Fact::Known(true),
        ..Redundancy::default()
    }));
    // Without a key it is encrypted with one of the service's own.
    let key = match attrs.state("kms_key_id") {
        State::Null | State::Unset => Fact::Absent,
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    // The provider deletes it without a last snapshot.
    resource.protection =
        Some(Shared::from(Protection { final_snapshot: Fact::Known(false), ..Protection::default() }));
    resource.capacity = Some(Shared::from(Capacity { types: Fact::Absent, ..Capacity::default() }));
    let blocks = [attrs.block("endpoint"), attrs.block("reader_endpoint")];
    let endpoints: Vec<String> =
        blocks.iter().filter_map(|block| block.known()?.text("address").into_known()).collect();
    let full = attrs.text("full_engine_version");
    resource.database = Some(Shared::from(Database {
        engine: attrs.text("engine").map(|engine| engine.to_lowercase()),
        engine_version: if full.is_known() { full } else { attrs.text("major_engine_version") },
        cluster: Fact::Absent,
        topology: Fact::Absent,
        mode: "serverless".into(),
        subnet_group: Fact::Absent,
        parameter_group: Fact::Absent,
        option_group: Fact::Absent,
        endpoints: if endpoints.is_empty() { Fact::Unknown } else { Fact::Known(endpoints) },
        managed_secret: Fact::Known(false),
        durability: Fact::Absent,
        ..Database::default()
    }));
    let ports: Vec<u32> = blocks.iter().filter_map(|block| block.known()?.number("port").into_known()).collect();
    let security_groups = filtered_by(attrs, resource, "security_group_ids");
    resource.network = Some(Shared::from(Network {
        subnets,
        security_groups,
        ports: if ports.is_empty() { Fact::Unknown } else { Fact::Known(ports) },
        ..Network::default()
    }));
}
