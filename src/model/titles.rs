//! What the facts of the model are called in reports. Reports in JSON name a fact by its path; people read its title.

use std::borrow::Cow;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Days.
    Day,
    /// Things of that name.
    Each(&'static str),
}

impl Unit {
    /// Its name, of one.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Day => "day",
            Self::Each(noun) => noun,
        }
    }
}

/// Path, title, and unit of a number, sorted by path.
type Row = (&'static str, &'static str, Option<Unit>);

/// `its backup retention` of `backup.retention_days`. A path that is not in the model is its own title.
pub fn title(path: &str) -> Cow<'_, str> {
    if let Some(path) = path.strip_prefix("before.") {
        return Cow::Owned(format!("{} before the change", title(path)));
    }
    if let Some(tag) = path.strip_prefix("tags.") {
        return Cow::Owned(format!("its tag '{tag}'"));
    }
    match row(path) {
        Some((_, title, _)) => Cow::Borrowed(title),
        // What has no title of its own, such as an item of a list by its number, has that of what is around it.
        None => match path.rsplit_once('.') {
            Some((around, _)) if row(around.split('.').next().unwrap_or(around)).is_some() => {
                Cow::Owned(title(around).into_owned())
            }
            _ => Cow::Borrowed(path),
        },
    }
}

/// What the number at that path counts. None: it is no number, or not in the model.
pub fn unit(path: &str) -> Option<Unit> {
    row(path.strip_prefix("before.").unwrap_or(path))?.2
}

/// Whether the model has such a path.
pub fn is_fact(path: &str) -> bool {
    row(path.strip_prefix("before.").unwrap_or(path)).is_some()
}

/// `its state is not known`, `its tags are not known`.
pub fn not_known(path: &str) -> String {
    let title = title(path);
    let head = title.split([',', '(']).next().unwrap_or_default();
    let head = [" of ", " that ", " in ", " with ", " and ", " elsewhere", " before "]
        .iter()
        .fold(head, |head, end| head.split(end).next().unwrap_or(head));
    let is_plural = head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us") && !title.starts_with("whe");
    format!("{title} {} not known", if is_plural { "are" } else { "is" })
}

fn row(path: &str) -> Option<&'static Row> {
    TITLES.binary_search_by(|(have, ..)| (*have).cmp(path)).ok().and_then(|at| TITLES.get(at))
}

#[rustfmt::skip]
const TITLES: &[Row] = &[
    ("backup", "its backups", None),
    ("backup.deleted_with_resource", "whether its backups are deleted with it", None),
    ("backup.enabled", "whether automatic backups are on", None),
    ("backup.interval_minutes", "the time between two backups", Some(Unit::Minute)),
    ("backup.latest_recovery_point", "the newest moment that can be restored", None),
    ("backup.point_in_time", "whether any moment can be restored", None),
    ("backup.replicas_without_point_in_time", "the regions of its replicas without point-in-time recovery", None),
    ("backup.retention_days", "its backup retention", Some(Unit::Day)),
    ("backup.versioned", "whether versioning is on", None),
    ("before", "what it was before", None),
    ("capacity", "its capacity", None),
    ("capacity.desired", "its desired capacity", None),
    ("capacity.max", "its maximum capacity", None),
    ("capacity.min", "its minimum capacity", None),
    ("capacity.suspended", "its suspended processes", None),
    ("capacity.types", "its instance types", None),
    ("change", "what the plan does to it", None),
    ("database", "its database settings", None),
    ("database.cluster", "the cluster that it belongs to", None),
    ("database.durability", "whether the cache keeps what is written to it", None),
    ("database.endpoints", "its endpoints", None),
    ("database.engine", "its engine", None),
    ("database.engine_version", "its engine version", None),
    ("database.managed_secret", "whether RDS manages its password", None),
    ("database.mode", "its engine mode", None),
    ("database.subnet_group", "its subnet group", None),
    ("database.topology", "its cluster topology", None),
    ("encryption", "its encryption", None),
    ("encryption.enabled", "whether it is encrypted", None),
    ("encryption.key", "its encryption key", None),
    ("firewall", "its rules", None),
    ("firewall.egress", "the rules for what may go out", None),
    ("firewall.egress.allow", "whether a rule lets out", None),
    ("firewall.egress.cidrs", "the addresses of a rule for what may go out", None),
    ("firewall.egress.from_port", "the first port of a rule for what may go out", None),
    ("firewall.egress.groups", "the security groups of a rule for what may go out", None),
    ("firewall.egress.number", "the number of a rule for what may go out", None),
    ("firewall.egress.prefix_lists", "the prefix lists of a rule for what may go out", None),
    ("firewall.egress.protocol", "the protocol of a rule for what may go out", None),
    ("firewall.egress.to_port", "the last port of a rule for what may go out", None),
    ("firewall.ingress", "the rules for what may come in", None),
    ("firewall.ingress.allow", "whether a rule lets in", None),
    ("firewall.ingress.cidrs", "the addresses of a rule for what may come in", None),
    ("firewall.ingress.from_port", "the first port of a rule for what may come in", None),
    ("firewall.ingress.groups", "the security groups of a rule for what may come in", None),
    ("firewall.ingress.number", "the number of a rule for what may come in", None),
    ("firewall.ingress.prefix_lists", "the prefix lists of a rule for what may come in", None),
    ("firewall.ingress.protocol", "the protocol of a rule for what may come in", None),
    ("firewall.ingress.to_port", "the last port of a rule for what may come in", None),
    ("firewall.stateful", "whether answers need no rule", None),
    ("global", "its global cluster", None),
    ("global.members", "the members of the global cluster", None),
    ("global.members.id", "the id of a member", None),
    ("global.members.region", "the region of a member", None),
    ("global.members.status", "the status of a member", None),
    ("global.members.writer", "which member takes the writes", None),
    ("guard_rail", "what it forbids", None),
    ("guard_rail.accounts", "the accounts that it is above of", None),
    ("guard_rail.form", "its form", None),
    ("guard_rail.regions", "what it says of regions", None),
    ("guard_rail.regions.at", "the statement that names regions", None),
    ("guard_rail.regions.regions", "the regions that a statement names", None),
    ("guard_rail.regions.services", "the services that a statement denies", None),
    ("guard_rail.regions.shuts_out_named", "whether a statement shuts out the regions that it names", None),
    ("guard_rail.regions.spared", "the services that a statement leaves alone", None),
    ("guard_rail.regions.unless", "what else decides whether a statement denies", None),
    ("guard_rail.regions.value", "the condition or ARN that names a region", None),
    ("id", "its id", None),
    ("job", "the job", None),
    ("job.completed_at", "when the job ended", None),
    ("job.destination", "the vault that the job copied to", None),
    ("job.reason", "why the job failed", None),
    ("job.seconds", "the time that the job took", Some(Unit::Second)),
    ("job.source", "the resource that the job is about", None),
    ("job.state", "the state of the job", None),
    ("job.validation", "the validation of the restore", None),
    ("joined", "its relations to other resources", None),
    ("joined.age_days", "how long ago it was created", Some(Unit::Day)),
    ("joined.applications", "the applications that it belongs to", None),
    ("joined.backup_plans", "the backup plans that select it", None),
    ("joined.cluster_zones", "the availability zones of its cluster", None),
    ("joined.copies", "the copies of its data elsewhere", None),
    ("joined.copies.account", "the account of a copy", None),
    ("joined.copies.age_minutes", "the age of a copy", Some(Unit::Minute)),
    ("joined.copies.id", "the id of a copy", None),
    ("joined.copies.in_recovery_place", "whether a copy is in the recovery region", None),
    ("joined.copies.key", "the key of a copy", None),
    ("joined.copies.lag_seconds", "how far a live copy is behind", Some(Unit::Second)),
    ("joined.copies.mechanism", "how a copy is made", None),
    ("joined.copies.region", "the region of a copy", None),
    ("joined.copies.state", "the state of a copy", None),
    ("joined.copies.usable", "whether a copy can be restored from", None),
    ("joined.copy_vaults", "the vaults that its rules copy to", None),
    ("joined.copy_vaults.account", "the account of a vault that is copied to", None),
    ("joined.copy_vaults.delete_after_days", "the retention of a copy", Some(Unit::Day)),
    ("joined.copy_vaults.exists", "whether a vault that is copied to exists", None),
    ("joined.copy_vaults.lock_max_days", "the longest retention that the lock of a vault allows", Some(Unit::Day)),
    ("joined.copy_vaults.lock_min_days", "the shortest retention that the lock of a vault allows", Some(Unit::Day)),
    ("joined.copy_vaults.region", "the region of a vault that is copied to", None),
    ("joined.copy_vaults.rule", "the rule that copies to a vault", None),
    ("joined.copy_vaults.vault", "the vault that is copied to", None),
    ("joined.counterpart", "its counterpart in the recovery region", None),
    ("joined.counterpart.account", "the account of its counterpart", None),
    ("joined.counterpart.how", "how its counterpart was recognised", None),
    ("joined.counterpart.id", "the id of its counterpart", None),
    ("joined.counterpart.region", "the region of its counterpart", None),
    ("joined.counterpart.state", "the state of its counterpart", None),
    ("joined.counterpart.usable", "whether its counterpart can be used", None),
    ("joined.declared", "what of it rests on code alone", None),
    ("joined.denials", "what its organization denies in the recovery region", None),
    ("joined.denials.at", "the statement that denies the recovery region", None),
    ("joined.denials.certain", "whether a statement denies whoever calls", None),
    ("joined.denials.policy", "the policy that denies the recovery region", None),
    ("joined.denials.services", "the services that are denied in the recovery region", None),
    ("joined.denials.unless", "what else decides whether the recovery region is denied", None),
    ("joined.denials.value", "the condition or ARN that denies the recovery region", None),
    ("joined.hard_wired", "what it needs of the region that is lost", None),
    ("joined.hard_wired.at", "where it names a place in the region that is lost", None),
    ("joined.hard_wired.region", "the region that is lost", None),
    ("joined.hard_wired.value", "a place in the region that is lost", None),
    ("joined.hard_wired.what", "what a place in the region that is lost is", None),
    ("joined.in_another_account", "whether it recovers in another account", None),
    ("joined.is_recovery_side", "whether it is in a recovery region", None),
    ("joined.keys", "its keys and their counterparts", None),
    ("joined.keys.alias", "the alias of its key", None),
    ("joined.keys.counterpart", "the counterpart of its key in the recovery region", None),
    ("joined.keys.counterpart.account", "the account of its key's counterpart", None),
    ("joined.keys.counterpart.how", "how its key's counterpart was recognised", None),
    ("joined.keys.counterpart.id", "the id of its key's counterpart", None),
    ("joined.keys.counterpart.region", "the region of its key's counterpart", None),
    ("joined.keys.counterpart.state", "the state of its key's counterpart", None),
    ("joined.keys.counterpart.usable", "whether its key's counterpart can be used", None),
    ("joined.keys.id", "the id of its key", None),
    ("joined.keys.manager", "who manages its key", None),
    ("joined.keys.state", "the state of its key", None),
    ("joined.keys.usable", "whether its key can be used", None),
    ("joined.missing_roles", "the roles that it takes on and that do not exist", None),
    ("joined.needed_in_recovery", "whether something needs it in the recovery region", None),
    ("joined.pattern", "its recovery pattern", None),
    ("joined.quota_needed", "how much of it the recovery needs", None),
    ("joined.reach", "what it reaches", None),
    ("joined.reach.hop", "what stands between it and what it must reach", None),
    ("joined.reach.name", "the name of what it must reach", None),
    ("joined.reach.port", "the port of what it must reach", None),
    ("joined.reach.reached", "whether it reaches what it must", None),
    ("joined.reach.to", "what it must reach", None),
    ("joined.reach.why", "why it does not reach what it must", None),
    ("joined.recovery_account", "its recovery account", None),
    ("joined.recovery_region", "its recovery region", None),
    ("joined.replicas", "its replicas", None),
    ("joined.replicas.cross_region", "whether a replica is in another region", None),
    ("joined.replicas.engine_version", "the engine version of a replica", None),
    ("joined.replicas.healthy", "whether a replica is healthy", None),
    ("joined.replicas.id", "the id of a replica", None),
    ("joined.replicas.in_recovery_place", "whether a replica is in the recovery region", None),
    ("joined.replicas.instances", "the number of instances of a replica", Some(Unit::Each("instance"))),
    ("joined.replicas.multi_zone", "whether a replica is in several zones", None),
    ("joined.replicas.name", "the name of a replica", None),
    ("joined.replicas.region", "the region of a replica", None),
    ("joined.replicas.state", "the state of a replica", None),
    ("joined.replicas.types", "the instance types of a replica", None),
    ("joined.replicas.writer", "whether a replica takes the writes", None),
    ("joined.restore_seconds", "the time that its last restore took", Some(Unit::Second)),
    ("joined.restore_test_age_days", "the age of its last restore test", Some(Unit::Day)),
    ("joined.retention_days", "the retention that its applications ask for", Some(Unit::Day)),
    ("joined.retention_floor_days", "the retention that its applications ask for at least", Some(Unit::Day)),
    ("joined.rpo_minutes", "its recovery point objective", Some(Unit::Minute)),
    ("joined.rto_minutes", "its recovery time objective", Some(Unit::Minute)),
    ("joined.source", "the source that it replicates", None),
    ("joined.source.cross_region", "whether its source is in another region", None),
    ("joined.source.engine_version", "the engine version of its source", None),
    ("joined.source.healthy", "whether its source is healthy", None),
    ("joined.source.id", "the id of its source", None),
    ("joined.source.in_recovery_place", "whether its source is in the recovery region", None),
    ("joined.source.instances", "the number of instances of its source", Some(Unit::Each("instance"))),
    ("joined.source.multi_zone", "whether its source is in several zones", None),
    ("joined.source.name", "the name of its source", None),
    ("joined.source.region", "the region of its source", None),
    ("joined.source.state", "the state of its source", None),
    ("joined.source.types", "the instance types of its source", None),
    ("joined.source.writer", "whether its source takes the writes", None),
    ("joined.standby_code_hash", "the hash of its counterpart's code", None),
    ("joined.standby_desired", "how much of its counterpart is to run", Some(Unit::Each("instance"))),
    ("joined.standby_max", "how much of its counterpart may run", Some(Unit::Each("instance"))),
    ("joined.untested_days", "the time without a successful restore test", Some(Unit::Day)),
    ("joined.unused", "whether anything uses it", None),
    ("joined.used_by", "the resources that use it", None),
    ("joined.vaults", "the vaults that its rules write to", None),
    ("joined.vaults.account", "the account of a vault that is written to", None),
    ("joined.vaults.delete_after_days", "the retention of a recovery point", Some(Unit::Day)),
    ("joined.vaults.exists", "whether a vault that is written to exists", None),
    ("joined.vaults.lock_max_days", "the longest retention that the lock of its vault allows", Some(Unit::Day)),
    ("joined.vaults.lock_min_days", "the shortest retention that the lock of its vault allows", Some(Unit::Day)),
    ("joined.vaults.region", "the region of a vault that is written to", None),
    ("joined.vaults.rule", "the rule that writes to a vault", None),
    ("joined.vaults.vault", "the vault that is written to", None),
    ("key", "the key", None),
    ("key.aliases", "its aliases", None),
    ("key.deletion_date", "the date of its deletion", None),
    ("key.manager", "who manages it", None),
    ("key.multi_region", "whether it is a multi-Region key", None),
    ("key.origin", "the origin of its key material", None),
    ("key.primary", "its primary key", None),
    ("key.replicas", "its replica keys", None),
    ("key.spec", "the kind of key material", None),
    ("key.usage", "what the key is for", None),
    ("key.valid_to", "when its key material expires", None),
    ("key.via_service_regions", "the regions that its key policy allows", None),
    ("kind", "its kind", None),
    ("kubernetes", "its Kubernetes settings", None),
    ("kubernetes.auto_mode", "whether EKS Auto Mode is on", None),
    ("kubernetes.cluster", "the cluster that it is part of", None),
    ("kubernetes.fargate_profiles", "the number of Fargate profiles", Some(Unit::Each("profile"))),
    ("kubernetes.issuer", "its OIDC issuer", None),
    ("kubernetes.issues", "the issues that the service reports of it", None),
    ("kubernetes.node_groups", "the number of its node groups", Some(Unit::Each("node group"))),
    ("kubernetes.version", "its Kubernetes version", None),
    ("links", "the resources that it refers to", None),
    ("name", "its name", None),
    ("network", "its network settings", None),
    ("network.cidrs", "its ranges of addresses", None),
    ("network.free_addresses", "the number of free addresses", Some(Unit::Each("address"))),
    ("network.ports", "the ports on which it is reached", None),
    ("network.public_addresses", "whether it gets public addresses", None),
    ("network.security_groups", "its security groups", None),
    ("network.subnets", "its subnets", None),
    ("network.vpc", "its VPC", None),
    ("origin", "where it was read", None),
    ("place", "where it is", None),
    ("place.account", "its account", None),
    ("place.region", "its region", None),
    ("plan", "the backup plan", None),
    ("plan.rules", "the rules of the backup plan", None),
    ("plan.rules.air_gapped_vault", "the air-gapped vault of a rule", None),
    ("plan.rules.continuous", "whether a rule backs up continuously", None),
    ("plan.rules.copies", "the copy actions of a rule", None),
    ("plan.rules.copies.account", "the account that a rule copies to", None),
    ("plan.rules.copies.delete_after_days", "the retention of the copies of a rule", Some(Unit::Day)),
    ("plan.rules.copies.region", "the region that a rule copies to", None),
    ("plan.rules.copies.vault", "the vault that a rule copies to", None),
    ("plan.rules.delete_after_days", "the retention of a rule", Some(Unit::Day)),
    ("plan.rules.name", "the name of a rule", None),
    ("plan.rules.schedule", "the schedule of a rule", None),
    ("plan.rules.vault", "the vault of a rule", None),
    ("plan.selections", "what the backup plan selects", None),
    ("plan.selections.conditional", "whether a selection has conditions", None),
    ("plan.selections.excluded", "what a selection leaves out", None),
    ("plan.selections.name", "the name of a selection", None),
    ("plan.selections.resources", "the resources of a selection", None),
    ("plan.selections.role", "the role of a selection", None),
    ("plan.selections.tags", "the tags of a selection", None),
    ("plan.switched_off", "the types that AWS Backup is switched off for", None),
    ("protection", "its protection against deletion", None),
    ("protection.deletion_protection", "whether deletion protection is on", None),
    ("protection.final_snapshot", "whether a final snapshot is taken", None),
    ("protection.force_destroy", "whether its contents are deleted with it", None),
    ("protection.lock_max_days", "the maximum retention of the lock", Some(Unit::Day)),
    ("protection.lock_min_days", "the minimum retention of the lock", Some(Unit::Day)),
    ("protection.lock_mode", "whether its lock can be taken off", None),
    ("protection.locked", "whether it is locked", None),
    ("protection.recovery_window_days", "its recovery window", Some(Unit::Day)),
    ("quota", "its quota", None),
    ("quota.adjustable", "whether more can be asked for", None),
    ("quota.code", "its quota code", None),
    ("quota.counts", "what it limits", None),
    ("quota.is_default", "whether it is the default", None),
    ("quota.service", "the service of its quota", None),
    ("quota.value", "the quota", None),
    ("recovery_point", "the recovery point", None),
    ("recovery_point.deleted_at", "when the recovery point is deleted", None),
    ("recovery_point.infected", "whether malware was found in it", None),
    ("recovery_point.method", "how the recovery point was made", None),
    ("recovery_point.source", "the resource that the recovery point is of", None),
    ("recovery_point.source_region", "the region that the recovery point is from", None),
    ("recovery_point.taken_at", "when the recovery point was taken", None),
    ("recovery_point.vault", "the vault of the recovery point", None),
    ("redundancy", "its redundancy", None),
    ("redundancy.automatic_failover", "whether failover is automatic", None),
    ("redundancy.instances", "the number of its instances", Some(Unit::Each("instance"))),
    ("redundancy.multi_zone", "whether it is in several availability zones", None),
    ("redundancy.zone_ids", "the ids of its availability zones", None),
    ("redundancy.zones", "its availability zones", None),
    ("replication", "its replication", None),
    ("replication.cross_region", "whether its source is in another region", None),
    ("replication.global", "its global cluster", None),
    ("replication.healthy", "whether its replication runs", None),
    ("replication.lag_seconds", "its replication lag", Some(Unit::Second)),
    ("replication.partial_regions", "the regions that a part of it is replicated to", None),
    ("replication.regions", "the regions that it is replicated to", None),
    ("replication.replicas", "its replicas", None),
    ("replication.role", "its role in replication", None),
    ("replication.source", "the source that it replicates", None),
    ("replication.status", "the status of its replication", None),
    ("role", "the role", None),
    ("role.pins", "where its policies hold it to a region", None),
    ("role.pins.allow", "whether a statement allows", None),
    ("role.pins.at", "the statement that names a region", None),
    ("role.pins.excludes", "whether a statement shuts a region out", None),
    ("role.pins.how", "how a statement names a region", None),
    ("role.pins.region", "the region that a statement names", None),
    ("role.pins.services", "the services that a statement is about", None),
    ("role.pins.value", "the condition or ARN that names a region", None),
    ("role.policies_complete", "whether all of its policies were read", None),
    ("role.service_linked", "whether it is a service-linked role", None),
    ("role.trusted_issuers", "the OIDC providers that it trusts", None),
    ("role.trusted_services", "the services that it trusts", None),
    ("routing", "its routes", None),
    ("routing.main", "whether it is the main route table", None),
    ("routing.routes", "its routes", None),
    ("routing.routes.active", "whether a route is in force", None),
    ("routing.routes.destination", "the destination of a route", None),
    ("routing.routes.target", "the target of a route", None),
    ("routing.routes.via", "what a route goes through", None),
    ("status", "its status", None),
    ("status.created_at", "when it was created", None),
    ("status.healthy", "whether it is healthy", None),
    ("status.state", "its state", None),
    ("tags", "its tags", None),
    ("unknown", "what is not known of it", None),
    ("workload", "what it runs", None),
    ("workload.architectures", "its architectures", None),
    ("workload.code_hash", "the hash of its code", None),
    ("workload.definition", "the definition that it runs", None),
    ("workload.family", "its family", None),
    ("workload.images", "the images that it runs", None),
    ("workload.images.account", "the account of an image that it runs", None),
    ("workload.images.at", "what runs an image", None),
    ("workload.images.digest", "the digest of an image that it runs", None),
    ("workload.images.reference", "the name of an image that it runs", None),
    ("workload.images.region", "the region of an image that it runs", None),
    ("workload.images.repository", "the repository of an image that it runs", None),
    ("workload.images.tag", "the tag of an image that it runs", None),
    ("workload.last_update", "what came of its last change", None),
    ("workload.launch_types", "what it can run on", None),
    ("workload.logs", "where it writes its log", None),
    ("workload.logs.at", "what writes a log", None),
    ("workload.logs.creates", "whether it makes a log group that is missing", None),
    ("workload.logs.group", "the log group that it writes to", None),
    ("workload.logs.region", "the region that it writes its log to", None),
    ("workload.memory_mib", "its memory", Some(Unit::Each("MiB"))),
    ("workload.mentions", "the places that it is told of", None),
    ("workload.mentions.at", "where it is told of a place", None),
    ("workload.mentions.region", "the region of a place that it is told of", None),
    ("workload.mentions.value", "a place that it is told of", None),
    ("workload.mentions.what", "what a place is that it is told of", None),
    ("workload.revision", "its revision", None),
    ("workload.snap_start", "whether it starts from a snapshot", None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_sorted_so_that_they_are_found() {
        assert!(TITLES.is_sorted_by_key(|(path, ..)| *path));
    }

    #[test]
    fn a_path_reads_as_words() {
        let cases = [
            ("backup.retention_days", "its backup retention"),
            ("before.backup.retention_days", "its backup retention before the change"),
            ("plan.rules.0.copies", "the rules of the backup plan"),
            ("tags.app", "its tag 'app'"),
            ("my.own.fact", "my.own.fact"),
        ];
        assert_eq!(cases.map(|(path, _)| title(path).into_owned()), cases.map(|(_, title)| title.to_owned()));
    }

    #[test]
    fn what_is_not_known_agrees_in_number() {
        let paths =
            ["status.state", "tags", "joined.copies", "status.healthy", "replication.status", "kubernetes.cluster"];
        assert_eq!(
            paths.map(not_known),
            [
                "its state is not known",
                "its tags are not known",
                "the copies of its data elsewhere are not known",
                "whether it is healthy is not known",
                "the status of its replication is not known",
                "the cluster that it is part of is not known",
            ]
        );
    }
}
