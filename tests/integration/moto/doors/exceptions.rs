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
    except(&["aws_neptune_cluster"], &["protection.final_snapshot"], "known from code only"),
    except(&["aws_backup_vault"], &["protection.force_destroy"], "known from code only"),
    except(&["aws_kms_key", "aws_kms_replica_key"], &["protection.recovery_window_days"], "known from code only"),
    except(
        &["aws_kms_key", "aws_kms_replica_key", "aws_subnet", "aws_vpc"],
        &["name"],
        "its name is made up at apply; the plan has the name in the code",
    ),
    except(&["aws_elasticache_cluster"], &["network.ports"], "moto: a cache cluster does not tell its port"),
    except(&["aws_backup_plan"], &["plan.switched_off"], "the code does not touch the setting, and the region has one"),
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
