//! A synthetic estate. Accounts of two regions hold services, and each service has what services have: databases with
//! replicas, clusters with members and global secondaries, caches, keys, roles, snapshots, recovery points, scaling
//! groups. About one in ten has something wrong with it. The same number gives the same estate.

use seaworthy::model::*;

mod facets;

use facets::{data, redundancy, replication};

/// The region that holds the originals, and the one where they are to come back.
pub(crate) const EAST: &str = "us-east-1";
pub(crate) const WEST: &str = "us-west-2";
const NOW: i64 = 1_768_888_800;
/// How many resources an account has, about.
const PER_ACCOUNT: usize = 4_000;

/// An estate of exactly that many resources.
pub(crate) fn estate(wanted: usize) -> Inventory {
    let mut inventory = Inventory::new("synthetic", at(0));
    for number in 0..wanted.div_ceil(PER_ACCOUNT) {
        let account = Account::new(number);
        let end = wanted.min((number + 1) * PER_ACCOUNT);
        account.shared(&mut inventory.resources);
        let mut service = 0;
        while inventory.resources.len() < end {
            account.service(number * 1_000 + service, &mut inventory.resources);
            service += 1;
        }
        inventory.resources.truncate(end);
        account.coverage(&mut inventory.coverage);
    }
    inventory.sort();
    inventory
}

/// An estate of that many resources, and besides so many recovery points of them: many more than in one for each day.
pub(crate) fn with_points(wanted: usize, points: usize) -> Inventory {
    let mut inventory = Inventory::new("synthetic", at(0));
    let (mut number, mut of_them) = (0, Vec::new());
    while inventory.resources.len() < wanted {
        let (account, mut found) = (Account::new(number), Vec::new());
        account.shared(&mut found);
        for service in 0..PER_ACCOUNT / 60 {
            account.service(number * 1_000 + service, &mut found);
        }
        account.coverage(&mut inventory.coverage);
        let (kept, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| it.recovery_point.is_some());
        of_them.extend(kept);
        inventory.resources.extend(others);
        number += 1;
    }
    inventory.resources.truncate(wanted);
    // The same again, of earlier days.
    let rounds = (0..points.div_ceil(of_them.len().max(1))).flat_map(|round| of_them.iter().map(move |it| (round, it)));
    inventory.resources.extend(rounds.take(points).map(|(round, point)| older(point, round)));
    inventory.sort();
    inventory
}

fn older(point: &Resource, rounds: usize) -> Resource {
    let mut point = point.clone();
    if rounds > 0 {
        point.id.push_str(&format!("-{rounds}"));
        if let Some(facts) = &mut point.recovery_point
            && let Fact::Known(taken) = facts.taken_at
        {
            let hours = (NOW - taken.as_second()) / 3_600;
            facts.taken_at = at(hours + 120 * rounds as i64).into();
        }
    }
    point
}

/// A moment that many hours ago.
fn at(hours_ago: i64) -> Timestamp {
    Timestamp::from_second(NOW - hours_ago * 3_600).unwrap_or_default()
}

struct Account {
    id: String,
    number: usize,
}

impl Account {
    fn new(number: usize) -> Self {
        Self { id: format!("{:012}", 100_000_000_000 + number), number }
    }

    fn arn(&self, service: &str, region: &str, rest: &str) -> String {
        format!("arn:aws:{service}:{region}:{}:{rest}", self.id)
    }

    fn new_resource(&self, kind: &str, region: &str, rest: &str, name: &str, application: usize) -> Resource {
        let service = kind.split('.').nth(1).unwrap_or_default();
        let service = if matches!(service, "docdb" | "neptune") { "rds" } else { service };
        let place = if region.is_empty() { Place::global(&self.id) } else { Place::new(&self.id, region) };
        let mut resource = Resource::new(Kind::of(kind), self.arn(service, region, rest), name, place);
        let tags = [("app", format!("app-{application:02}")), ("team", format!("team-{}", application % 7))];
        let tags = tags.into_iter().map(|(name, value)| (name.to_owned(), value));
        resource.tags = Fact::Known(tags.collect::<seaworthy::model::Tags>().into());
        resource.origin.source = "aws".to_owned();
        resource.status = Some(Shared::from(Status {
            state: "available".into(),
            healthy: true.into(),
            created_at: at(9_000).into(),
        }));
        resource
    }

    fn coverage(&self, coverage: &mut Vec<Coverage>) {
        let row = |region: &str, service: &str, status| Coverage {
            account: self.id.clone(),
            region: region.to_owned(),
            service: service.to_owned(),
            status,
            incomplete: Vec::new(),
            action: (status == CoverageStatus::Denied).then(|| format!("{service}:List")),
            reason: None,
            at: at(0),
        };
        coverage.push(row("", "iam", CoverageStatus::Complete));
        for region in [EAST, WEST] {
            for service in ["autoscaling", "backup", "ec2", "eks", "elasticache", "kms", "rds"] {
                let denied = self.number % 10 == 9 && (region, service) == (WEST, "kms");
                let status = if denied { CoverageStatus::Denied } else { CoverageStatus::Complete };
                coverage.push(row(region, service, status));
            }
        }
    }

    /// What an account has once: subnets, subnet groups, vaults, plans, Kubernetes clusters.
    fn shared(&self, out: &mut Vec<Resource>) {
        for region in [EAST, WEST] {
            for zone in ["a", "b", "c"] {
                let id = format!("subnet-{region}-{zone}");
                let mut subnet = self.new_resource("aws.ec2.subnet", region, &format!("subnet/{id}"), &id, 0);
                subnet.redundancy = Some(Shared::from(Redundancy {
                    zones: vec![format!("{region}{zone}")].into(),
                    zone_ids: vec![format!("{region}-az-{zone}")].into(),
                    multi_zone: false.into(),
                    ..Redundancy::default()
                }));
                out.push(subnet);
            }
            let mut group = self.new_resource("aws.rds.subnet-group", region, "subgrp:data", "data", 0);
            group.network = Some(self.subnets(region, 3));
            out.push(group);
            let mut vault = self.new_resource("aws.backup.vault", region, "backup-vault:main", "main", 0);
            let locked = !self.number.is_multiple_of(3);
            vault.protection = Some(Shared::from(Protection {
                locked: locked.into(),
                lock_mode: if locked { "compliance".into() } else { Fact::Absent },
                lock_min_days: Fact::Absent,
                lock_max_days: Fact::Absent,
                ..Protection::default()
            }));
            out.push(vault);
            self.kubernetes(region, out);
        }
        out.push(self.plan());
    }

    fn subnets(&self, region: &str, count: usize) -> Shared<Network> {
        let ids = ["a", "b", "c"].iter().take(count).map(|zone| format!("subnet-{region}-{zone}"));
        Shared::from(Network {
            vpc: format!("vpc-{region}").into(),
            subnets: Fact::Known(ids.collect()),
            ..Network::default()
        })
    }

    fn kubernetes(&self, region: &str, out: &mut Vec<Resource>) {
        let cluster_arn = self.arn("eks", region, "cluster/main");
        let mut cluster = self.new_resource("aws.eks.cluster", region, "cluster/main", "main", 0);
        cluster.kubernetes = Some(Shared::from(Kubernetes {
            version: "1.31".into(),
            cluster: Fact::Absent,
            auto_mode: false.into(),
            issues: vec![].into(),
            issuer: format!("oidc.eks.{region}.amazonaws.com/id/{:016X}", self.number).into(),
            security_group: Fact::Absent,
            node_groups: 6.into(),
            fargate_profiles: 0.into(),
            authentication_mode: "api".into(),
            ..Kubernetes::default()
        }));
        out.push(cluster);
        for number in 0..6 {
            let name = format!("nodes-{number}");
            let mut group =
                self.new_resource("aws.eks.node-group", region, &format!("nodegroup/main/{name}/1"), &name, number);
            group.kubernetes = Some(Shared::from(Kubernetes { cluster: "main".into(), ..Kubernetes::default() }));
            group.network = Some(self.subnets(region, 1 + number % 3));
            group.link(Rel::MemberOf, Some(cluster_arn.as_str()));
            group.link(Rel::Assumes, Some(format!("arn:aws:iam::{}:role/role-0", self.id)));
            out.push(group);
        }
    }

    fn plan(&self) -> Resource {
        let mut plan = self.new_resource("aws.backup.plan", EAST, "backup-plan:daily", "daily", 0);
        let copy = PlanCopy {
            vault: self.arn("backup", WEST, "backup-vault:main").into(),
            region: WEST.into(),
            account: self.id.as_str().into(),
            delete_after_days: 35.into(),
        };
        let rule = PlanRule {
            timezone: Fact::Absent,
            start_window_minutes: Fact::Known(480),
            name: "daily".into(),
            schedule: "cron(0 5 ? * * *)".into(),
            vault: "main".into(),
            air_gapped_vault: Fact::Absent,
            delete_after_days: 35.into(),
            continuous: false.into(),
            copies: if self.number % 4 == 3 { vec![] } else { vec![copy] }.into(),
        };
        let selection = PlanSelection {
            name: "databases".into(),
            resources: vec![format!("arn:aws:rds:*:{}:db:*", self.id), format!("arn:aws:rds:*:{}:cluster:*", self.id)]
                .into(),
            excluded: vec![].into(),
            tags: vec!["backup=yes".to_owned()].into(),
            conditional: false.into(),
            conditions: vec![].into(),
            role: format!("arn:aws:iam::{}:role/role-0", self.id).into(),
        };
        plan.plan = Some(Shared::from(Plan {
            rules: vec![rule].into(),
            selections: vec![selection].into(),
            switched_off: vec![].into(),
        }));
        plan
    }

    /// One service: about sixty resources.
    fn service(&self, number: usize, out: &mut Vec<Resource>) {
        let application = number % 40;
        let start = out.len();
        let east_key = self.arn("kms", EAST, &format!("key/key-{number}"));
        let west_key = self.arn("kms", WEST, &format!("key/key-{number}"));
        for region in [EAST, WEST] {
            // Every eleventh has no key in the recovery region.
            if region == EAST || !number.is_multiple_of(11) {
                out.push(self.key(region, number, application));
            }
        }
        for database in 0..3 {
            self.instance(number * 10 + database, application, (&east_key, &west_key), out);
        }
        self.aurora(number, application, (&east_key, &west_key), out);
        self.caches(number, application, out);
        for region in [EAST, WEST] {
            let name = format!("workers-{number}");
            let rest = format!("autoScalingGroup:{number}:autoScalingGroupName/{name}");
            let mut group = self.new_resource("aws.autoscaling.group", region, &rest, &name, application);
            group.redundancy = Some(redundancy(region, if number.is_multiple_of(9) { 1 } else { 3 }, true));
            group.capacity = Some(Shared::from(Capacity {
                min: 1.into(),
                desired: 3.into(),
                max: 9.into(),
                types: vec!["m7g.large".to_owned()].into(),
                suspended: vec![].into(),
            }));
            group.workload = Some(Shared::from(Workload {
                instance_profiles: vec![format!("role-{number}")].into(),
                ..Workload::default()
            }));
            out.push(group);
        }
        let name = format!("role-{number}");
        let mut role = self.new_resource("aws.iam.role", "", &format!("role/{name}"), &name, application);
        let pin = RegionPin {
            region: EAST.into(),
            at: "inline policy 'app', statement 1".into(),
            how: "condition".into(),
            value: format!("aws:RequestedRegion = {EAST}").into(),
            allow: true.into(),
            excludes: false.into(),
            services: vec!["*".to_owned()].into(),
        };
        role.role = Some(Shared::from(Role {
            service_linked: false.into(),
            trusted_services: vec!["ec2.amazonaws.com".to_owned()].into(),
            trusted_issuers: vec![].into(),
            pins: if number.is_multiple_of(10) { vec![pin] } else { vec![] }.into(),
            instance_profiles: vec![name].into(),
            policies_complete: true.into(),
        }));
        out.push(role);
        for resource in &mut out[start..] {
            // A tenth of the services is not to be backed up by tag.
            if let Fact::Known(tags) = &mut resource.tags {
                tags.insert("backup".to_owned(), if number % 10 == 4 { "no" } else { "yes" }.to_owned());
            }
        }
    }

    fn key(&self, region: &str, number: usize, application: usize) -> Resource {
        let name = format!("key-{number}");
        let mut key = self.new_resource("aws.kms.key", region, &format!("key/{name}"), &name, application);
        let state = if number % 37 == 5 && region == WEST { "disabled" } else { "enabled" };
        key.status = Some(Shared::from(Status {
            state: state.into(),
            healthy: (state == "enabled").into(),
            ..Status::default()
        }));
        key.key = Some(Shared::from(Key {
            manager: "customer".into(),
            aliases: vec![format!("service-{number}")].into(),
            multi_region: false.into(),
            primary: Fact::Absent,
            replicas: vec![].into(),
            origin: "aws_kms".into(),
            valid_to: Fact::Absent,
            deletion_date: Fact::Absent,
            via_service_regions: vec![].into(),
            usage: "encrypt_decrypt".into(),
            spec: "symmetric_default".into(),
        }));
        key
    }

    /// A stand-alone database, its replica, its snapshots and its recovery points.
    fn instance(&self, number: usize, application: usize, keys: (&str, &str), out: &mut Vec<Resource>) {
        let name = format!("db-{number}");
        let replica_name = format!("{name}-replica");
        let id = self.arn("rds", EAST, &format!("db:{name}"));
        let replica_id = self.arn("rds", WEST, &format!("db:{replica_name}"));
        let replicated = number.is_multiple_of(3);
        let mut database = self.new_resource("aws.rds.instance", EAST, &format!("db:{name}"), &name, application);
        data(&mut database, "postgres", "16.4", keys.0, if number.is_multiple_of(13) { 0 } else { 14 });
        database.redundancy =
            Some(redundancy(EAST, 1 + usize::from(!number.is_multiple_of(7)), !number.is_multiple_of(7)));
        let role = if replicated { "primary" } else { "none" };
        let replicas = if replicated { vec![replica_id] } else { vec![] };
        database.replication = Some(replication(role, Fact::Absent, replicas, Fact::Absent));
        out.push(database);
        if replicated {
            let rest = format!("db:{replica_name}");
            let mut replica = self.new_resource("aws.rds.instance", WEST, &rest, &replica_name, application);
            data(&mut replica, "postgres", "16.4", keys.1, if number.is_multiple_of(2) { 0 } else { 7 });
            replica.redundancy = Some(redundancy(WEST, 1, false));
            replica.replication = Some(replication("replica", id.as_str().into(), vec![], Fact::Absent));
            out.push(replica);
        }
        for age in 0..3 {
            let name = format!("rds:{name}-{age}");
            self.point(("aws.rds.snapshot", "snapshot", EAST), &name, &id, keys.0, age, application, out);
        }
        if number % 3 == 1 {
            let at = ("aws.rds.automated-backup", "auto-backup", WEST);
            self.point(at, &format!("ab-{number}"), &id, keys.1, 0, application, out);
        }
        self.points(&format!("db-{number}"), &id, keys, application, out);
        let rest = format!("restore-job:{number}");
        let mut job = self.new_resource("aws.backup.restore-job", WEST, &rest, &number.to_string(), application);
        job.job = Some(Shared::from(Job {
            source: id.as_str().into(),
            state: if number.is_multiple_of(8) { "failed" } else { "completed" }.into(),
            created_at: Fact::Unknown,
            completed_at: at(24 * (number as i64 % 120)).into(),
            seconds: (1_200 + number as u64 % 3_600).into(),
            validation: Fact::Absent,
            validation_reason: Fact::Absent,
            testing_plan: Fact::Absent,
            destination: Fact::Absent,
            reason: Fact::Absent,
        }));
        job.link(Rel::BackupOf, Some(id));
        out.push(job);
    }

    /// Recovery points in both vaults.
    fn points(&self, name: &str, of: &str, keys: (&str, &str), application: usize, out: &mut Vec<Resource>) {
        for (region, key) in [(EAST, keys.0), (WEST, keys.1)] {
            for age in 0..5 {
                let at = ("aws.backup.recovery-point", "recovery-point", region);
                self.point(at, &format!("{name}-{age}"), of, key, age, application, out);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a recovery point has that many sides")]
    fn point(
        &self,
        (kind, word, region): (&str, &str, &str),
        name: &str,
        of: &str,
        key: &str,
        age: i64,
        application: usize,
        out: &mut Vec<Resource>,
    ) {
        let mut point = self.new_resource(kind, region, &format!("{word}:{name}"), name, application);
        point.encryption = Some(Shared::from(Encryption { enabled: true.into(), key: key.into() }));
        point.recovery_point = Some(Shared::from(RecoveryPoint {
            source: of.into(),
            source_region: EAST.into(),
            taken_at: at(3 + 24 * age).into(),
            vault: if word == "recovery-point" { "main".into() } else { Fact::Absent },
            deleted_at: at(-24 * (35 - age)).into(),
            method: "snapshot".into(),
            infected: Fact::Absent,
        }));
        point.link(Rel::BackupOf, Some(of));
        out.push(point);
    }

    /// A cluster with two members; every other one is global, with a secondary that has one member or none.
    fn aurora(&self, number: usize, application: usize, keys: (&str, &str), out: &mut Vec<Resource>) {
        let name = format!("cluster-{number}");
        let (is_global, headless) = (number.is_multiple_of(2), number.is_multiple_of(6));
        let global_id = self.arn("rds", "", &format!("global-cluster:{name}"));
        let global = || if is_global { Fact::Known(global_id.clone()) } else { Fact::Absent };
        let mut members = Vec::new();
        for (region, key, role) in [(EAST, keys.0, "primary"), (WEST, keys.1, "replica")] {
            let instances = if region == EAST { 2 } else { usize::from(!headless) };
            if region == WEST && !is_global {
                continue;
            }
            let rest = format!("cluster:{name}");
            let mut cluster = self.new_resource("aws.rds.cluster", region, &rest, &name, application);
            data(&mut cluster, "aurora-postgresql", "16.4", key, 14);
            cluster.redundancy = Some(redundancy(region, instances, instances > 1));
            cluster.replication = Some(replication(role, Fact::Absent, vec![], global()));
            members.push(GlobalMember {
                id: cluster.id.as_str().into(),
                region: region.into(),
                writer: (role == "primary").into(),
                status: "connected".into(),
            });
            out.push(cluster);
            for member in 0..instances {
                let member_name = format!("{name}-{member}");
                let rest = format!("db:{member_name}");
                let mut instance = self.new_resource("aws.rds.instance", region, &rest, &member_name, application);
                data(&mut instance, "aurora-postgresql", "16.4", key, 14);
                if let Some(database) = &mut instance.database {
                    database.cluster = name.as_str().into();
                }
                instance.redundancy = Some(redundancy(region, 1, false));
                instance.replication = Some(replication("none", Fact::Absent, vec![], Fact::Absent));
                out.push(instance);
            }
        }
        if is_global {
            let rest = format!("global-cluster:{name}");
            let mut global = self.new_resource("aws.rds.global-cluster", "", &rest, &name, application);
            global.global = Some(Shared::from(Global { members: members.into() }));
            out.push(global);
        }
        self.points(&name, &self.arn("rds", EAST, &format!("cluster:{name}")), keys, application, out);
    }

    fn caches(&self, number: usize, application: usize, out: &mut Vec<Resource>) {
        let name = format!("cache-{number}");
        let rest = format!("replicationgroup:{name}");
        let mut group = self.new_resource("aws.elasticache.replication-group", EAST, &rest, &name, application);
        data(&mut group, "valkey", "8.0", "", 7);
        group.redundancy = Some(redundancy(EAST, 1 + number % 3, !number.is_multiple_of(3)));
        group.replication = Some(replication("none", Fact::Absent, vec![], Fact::Absent));
        out.push(group);
        let name = format!("memcached-{number}");
        let rest = format!("cluster:{name}");
        let mut cluster = self.new_resource("aws.elasticache.cluster", EAST, &rest, &name, application);
        data(&mut cluster, "memcached", "1.6.22", "", 0);
        cluster.redundancy = Some(redundancy(EAST, 2, true));
        out.push(cluster);
    }
}
