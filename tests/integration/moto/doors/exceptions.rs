//! Where the live estate may differ from the plan, and why. What is not needed any more fails the test.

/// Facts of some resources that may differ.
pub(super) struct Exception {
    /// Addresses, Terraform types, or `*`.
    of: &'static [&'static str],
    facts: &'static [&'static str],
    why: &'static str,
}

impl Exception {
    /// Every resource with every fact.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let Self { of, facts, .. } = *self;
        of.iter().flat_map(move |of| facts.iter().map(move |fact| (*of, *fact)))
    }

    /// The pair that covers a fact of a resource that is called so, and the reason.
    pub(super) fn covers(&self, whats: [&str; 3], fact: &str) -> Option<((&'static str, &'static str), &'static str)> {
        let pair = self.pairs().find(|(of, covered)| whats.contains(of) && *covered == fact)?;
        Some((pair, self.why))
    }
}

const fn except(of: &'static [&'static str], facts: &'static [&'static str], why: &'static str) -> Exception {
    Exception { of, facts, why }
}

pub(super) static EXCEPTIONS: &[Exception] = &[
    except(
        &["aws_db_instance", "aws_rds_cluster"],
        &["backup.deleted_with_resource", "protection.final_snapshot"],
        "known from code only",
    ),
    except(
        &["aws_db_instance"],
        &["database.option_group", "database.parameter_group"],
        "the code names none; the plan knows that it is the provider's own, and not of which version",
    ),
    except(
        &["aws_neptune_cluster", "aws_neptune_cluster_instance", "aws_rds_cluster", "aws_rds_cluster_instance"],
        &["database.parameter_group"],
        "the code names none; the plan knows that it is the provider's own, and not of which version",
    ),
    except(
        &["aws_elasticache_cluster", "aws_elasticache_replication_group"],
        &["database.parameter_group"],
        "moto: caches do not tell their parameter group",
    ),
    except(&["aws_neptune_cluster"], &["protection.final_snapshot"], "known from code only"),
    except(&["aws_backup_vault"], &["protection.force_destroy"], "known from code only"),
    except(&["aws_kms_key", "aws_kms_replica_key"], &["protection.recovery_window_days"], "known from code only"),
    except(
        &[
            "aws_ec2_transit_gateway_vpc_attachment",
            "aws_internet_gateway",
            "aws_kms_key",
            "aws_kms_replica_key",
            "aws_lambda_event_source_mapping",
            "aws_nat_gateway",
            "aws_network_acl",
            "aws_route53_health_check",
            "aws_route_table",
            "aws_subnet",
            "aws_vpc",
            "aws_vpc_endpoint",
            "aws_vpc_peering_connection",
        ],
        &["name"],
        "its name is made up at apply; the plan has the name in the code",
    ),
    except(
        &["aws_vpc"],
        &["network.dns_hostnames", "network.dns_support"],
        "asked only of networks with an endpoint by a private host name",
    ),
    except(&["aws_cloudwatch_log_group"], &["log.kept_when_deleted"], "known from code only"),
    except(&["aws_ecr_repository"], &["protection.force_destroy"], "known from code only"),
    except(&["aws_secretsmanager_secret"], &["protection.recovery_window_days"], "known from code only"),
    except(&["aws_cloudwatch_log_group"], &["log.class"], "moto: a log group does not tell its class"),
    except(
        &["aws_lambda_layer_version"],
        &["tags"],
        "a layer has none; what code does not say of tags is an empty list",
    ),
    except(
        &["aws_lb.shop"],
        &["traffic.cross_zone"],
        "moto: the attribute of an application load balancer is off, which AWS does not allow",
    ),
    except(&["aws_nat_gateway"], &["network.public_addresses"], "moto: a NAT gateway does not tell its connectivity"),
    except(&["aws_ec2_transit_gateway_vpc_attachment"], &["tags"], "moto: attachments drop their tags"),
    except(
        &["aws_route53_record.shop"],
        &["links.sends-to"],
        "what answers to a host name is known live by that name only, and found by the links",
    ),
    except(
        &["aws_route_table"],
        &["routing.routes"],
        "the way to a gateway endpoint is a route to a prefix list, which is known only after apply",
    ),
    except(&["aws_elasticache_cluster"], &["network.ports"], "moto: a cache cluster does not tell its port"),
    except(&["aws_backup_plan"], &["plan.switched_off"], "the code does not touch the setting, and the region has one"),
    except(
        &["aws_autoscaling_group", "aws_launch_template"],
        &["workload.launch_images"],
        "the number of the version is known only after apply, and whether the image is there only to the live estate",
    ),
    except(
        &["aws_elasticache_replication_group.sessions"],
        &["links.in-subnet-group"],
        "moto: members of a replication group do not tell their subnet group",
    ),
    except(
        &["aws_elasticache_subnet_group"],
        &["tags"],
        "the list of subnet groups has no tags, and no call is spent on them",
    ),
    except(&["aws_db_subnet_group"], &["tags"], "the list of subnet groups has no tags, and no call is spent on them"),
    except(
        &["aws_db_instance.reader", "aws_db_instance.replica"],
        &[
            "backup.enabled",
            "backup.point_in_time",
            "backup.retention_days",
            "protection.deletion_protection",
            "redundancy.automatic_failover",
            "redundancy.multi_zone",
        ],
        "moto: a replica has the settings of its source",
    ),
    except(
        &["aws_rds_cluster.ledger"],
        &["redundancy.automatic_failover", "redundancy.instances", "redundancy.multi_zone"],
        "moto: a Multi-AZ DB cluster has no instances",
    ),
    except(
        &["aws_elasticache_replication_group.sessions"],
        &["redundancy.automatic_failover", "redundancy.instances", "redundancy.zones"],
        "moto: NumCacheClusters without shards gives one node",
    ),
    except(
        &["aws_elasticache_replication_group.sessions"],
        &["database.engine_version", "database.subnet_group"],
        "moto: members of a replication group are not listed, and only they say it",
    ),
    except(
        &["aws_elasticache_cluster.pages"],
        &["redundancy.multi_zone", "redundancy.zones"],
        "moto: a cache cluster has no nodes and no zone",
    ),
    except(
        &["aws_elasticache_cluster"],
        &["encryption.enabled"],
        "moto: a cache cluster that was made without the word for it does not say whether it is encrypted",
    ),
    except(
        &["aws_kms_replica_key", "aws_rds_global_cluster"],
        &["tags"],
        "moto: ReplicateKey and CreateGlobalCluster drop the tags",
    ),
    except(
        &["aws_backup_plan", "aws_backup_vault"],
        &["tags"],
        "moto: ListTags finds the ARN only in front of a slash that the SDK does not send",
    ),
    except(
        &["aws_backup_vault.recovery"],
        &["encryption.key", "links.encrypted-by"],
        "moto: a vault without a key of its own has none at all",
    ),
];
