//! What has to be collected for what is asked: the kinds that the joins look at to fill a fact. What is left out must
//! not change a verdict, so that in doubt a kind is needed, and of a fact that nobody foresaw everything is.

use std::collections::{BTreeMap, BTreeSet};

use super::gone::can_be_left;
use super::kinds::Kinds;
use super::zones;
use crate::config::Config;
use crate::kinds::{Replicas, Rule};
use crate::model::{Class, Kind, Rel};
use crate::providers::aws::quotas::LIMITS;

/// Joined facts that every verdict goes by: whose it is, how severe, and where its resource comes back.
const ALWAYS: [&str; 5] = ["applications", "pattern", "recovery_region", "recovery_account", "is_recovery_side"];

/// The services that have to be asked so that nothing that is read of these kinds differs from what it would be if all
/// were. By kind: facets (`redundancy`), and joined facts with their path (`joined.copies`).
pub fn needs(read: &BTreeMap<Kind, BTreeSet<&str>>, config: &Config) -> BTreeSet<&'static str> {
    let mut needs = Needs { config, kinds: Kinds::new(), of: BTreeSet::new(), done: BTreeSet::new() };
    // Whose drills are asked about depends on what comes back where, of whatever kind.
    if !config.applications.is_empty() && read.keys().any(|kind| *kind == needs.kinds.drills) {
        needs.all(|_| true);
    }
    for (kind, paths) in read.iter().filter(|(kind, _)| kind.info().collected) {
        needs.own(*kind);
        // A snapshot that the backup service made is one of its recovery points, too, and is kept as what tells more.
        let of_service = Kind::of("aws.backup.recovery-point");
        if *kind == of_service {
            needs.all(|other| other.info().class == Class::RecoveryPoint);
        } else if kind.info().class == Class::RecoveryPoint {
            needs.own(of_service);
        }
        if paths.contains("redundancy") {
            needs.zones(*kind);
        }
        let joined = paths.iter().filter_map(|path| path.strip_prefix("joined."));
        ALWAYS.into_iter().chain(joined).for_each(|fact| needs.fact(*kind, fact));
    }
    needs.of.iter().map(|kind| kind.info()).filter(|info| info.collected).map(|info| info.service).collect()
}

/// The kinds that are needed, as they are found.
struct Needs<'c> {
    config: &'c Config,
    kinds: Kinds,
    of: BTreeSet<Kind>,
    /// What was gone into already.
    done: BTreeSet<(Kind, String)>,
}

impl Needs<'_> {
    /// What fills a joined fact of a kind.
    fn fact(&mut self, kind: Kind, fact: &str) {
        if !self.done.insert((kind, fact.to_owned())) {
            return;
        }
        self.place(kind);
        match fact {
            "recovery_region" | "recovery_account" | "in_another_account" | "is_recovery_side" | "stands_in_for"
            | "comes_back_here" | "shut_out" | "expires_in_days" => {}
            // It names facts that are read besides.
            "declared" => {}
            "applications" | "pattern" | "rpo_minutes" | "rto_minutes" | "retention_days" | "retention_floor_days" => {
                self.applications(kind);
            }
            "replicas" | "source" => self.peers(kind),
            "copies" => self.copies(kind),
            "lags" => {
                self.peers(kind);
                self.named(&["aws.cloudwatch.metric"]);
            }
            "keys" => {
                self.copies(kind);
                self.named(&["aws.kms.key"]);
            }
            "restore_test_age_days"
            | "untested_days"
            | "age_days"
            | "restore_seconds"
            | "backup_plans"
            | "newest_restore"
            | "restore_covered"
            | "restore_misses"
            | "restore_trouble" => {
                self.backups(kind);
            }
            "unshared_with" => self.service_of("aws.backup.vault"),
            "copy_queue" => self.backups(kind),
            "beyond_account" => self.copies(kind),
            "backup_chain" | "copy_interval_minutes" | "point_gap" => {
                self.backups(kind);
                self.named(&["aws.backup.vault", "aws.kms.key"]);
            }
            "vaults" | "copy_vaults" => self.named(&["aws.backup.vault"]),
            "cluster_zones" | "standby_desired" | "standby_max" => {
                self.counterpart(kind);
                if kind.info().is_compute() {
                    for part in self.kinds.of_clusters().into_iter().chain([self.kinds.eks_cluster]) {
                        self.own(part);
                        self.zones(part);
                    }
                }
            }
            "used_by" | "unused" => self.users(kind),
            "gone" => {
                let info = kind.info();
                let asked = info.edges.iter().filter(|(rel, _)| can_be_left(info.class, *rel));
                asked.for_each(|(_, targets)| self.named(targets));
            }
            "missing_roles" => self.named(&["aws.iam.role"]),
            "counterpart"
            | "uncovered_names"
            | "tags_that_differ"
            | "standby_code_hash"
            | "counterpart_cluster"
            | "settings" => {
                self.counterpart(kind);
            }
            "counterpart_key" => {
                self.counterpart(kind);
                self.named(&["aws.kms.key"]);
            }
            "missing_ports" => {
                self.counterpart(kind);
                self.named(&["aws.elbv2.listener"]);
            }
            "overlapping" | "connected" | "nat_zones" | "zones_behind_nat" | "missing_rules" | "closed_rules" => {
                self.counterpart(kind);
                self.service_of("aws.ec2.vpc");
            }
            "ways_out" => {
                self.counterpart(kind);
                self.users(kind);
                self.service_of("aws.ec2.vpc");
            }
            "needed_in_recovery" => self.needed(kind),
            "denials" => {
                self.service_of("aws.organizations.policy");
                self.all(comes_back);
            }
            "quota_needed" => {
                LIMITS.iter().for_each(|limit| self.named(limit.kinds));
            }
            "hard_wired" => {
                self.all(answers);
                self.service_of("aws.ec2.vpc");
                self.named(&["aws.efs.filesystem"]);
            }
            "reach" => {
                self.reach(kind);
                // A database may be told of by a name of the own domain.
                self.service_of("aws.route53.record");
            }
            "startup" => {
                self.reach(kind);
                // Policies of endpoints name them by their ARNs, which a task may only name in part.
                self.named(&["aws.secretsmanager.secret", "aws.ssm.parameter"]);
            }
            "room" => {
                self.counterpart(kind);
                self.service_of("aws.ec2.subnet");
                for user in Kind::all().filter(|user| user.info().is_compute()) {
                    self.counterpart(user);
                    self.named(user.info().targets(Rel::RunsFrom));
                }
            }
            "routes" => {
                self.all(answers);
                self.service_of("aws.cloudfront.distribution");
                self.service_of("aws.globalaccelerator.accelerator");
            }
            "unguarded_controls" => self.service_of("aws.route53recoverycontrolconfig.control-panel"),
            "targets" | "siblings" | "gate" | "lost_regions" => {
                self.all(answers);
                self.service_of("aws.route53.record");
            }
            "images" => {
                self.named(&["aws.ecr.repository"]);
                if kind.info().targets(Rel::UsesImage).contains(&"aws.ec2.image") {
                    self.counterpart(kind);
                    // An image whose disks have a key that is gone starts nothing.
                    self.named(&["aws.ec2.image", "aws.kms.key", "aws.ssm.parameter"]);
                }
            }
            "offering" => {
                self.counterpart(kind);
                self.named(match kind.info().class {
                    Class::Database if kind.info().service != "rds" => &[],
                    Class::Database => &["aws.rdsofferings.instance-type"],
                    _ => &["aws.ec2.instance-types"],
                });
            }
            "reserved_instances" => self.named(&["aws.ec2.capacity-reservation"]),
            "logs" => self.named(&["aws.logs.group"]),
            _ => self.all(|_| true),
        }
    }

    fn named(&mut self, names: &[&str]) {
        names.iter().for_each(|name| self.own(Kind::of(name)));
    }

    fn all(&mut self, is_meant: impl Fn(Kind) -> bool) {
        Kind::all().filter(|kind| is_meant(*kind)).for_each(|kind| self.own(kind));
    }

    /// Everything that the service of a kind has: it is read in one go.
    fn service_of(&mut self, name: &str) {
        let service = Kind::of(name).info().service;
        self.all(|kind| kind.info().service == service);
    }

    /// The kind itself.
    fn own(&mut self, kind: Kind) {
        self.of.insert(kind);
    }

    /// The zones of some come from their subnets.
    fn zones(&mut self, kind: Kind) {
        if zones::come_from_subnets(kind) {
            self.named(&["aws.ec2.subnet"]);
        }
    }

    /// What lives in no region comes back where its users do.
    fn place(&mut self, kind: Kind) {
        let info = kind.info();
        if self.config.recovery.is_empty() {
            return;
        }
        if matches!(info.class, Class::DnsRecord | Class::DnsZone | Class::HealthCheck) {
            self.all(answers);
            self.service_of("aws.route53.record");
        } else if info.global || info.class == Class::GlobalCluster {
            self.all(|user| leads(user, |_| true, kind));
        }
    }

    /// Whatever brings others along to the applications that it belongs to, and at last a resource of that kind.
    fn applications(&mut self, kind: Kind) {
        if self.config.applications.is_empty() {
            return;
        }
        let (mut found, mut next) = (BTreeSet::new(), vec![kind]);
        while let Some(kind) = next.pop() {
            next.extend(Kind::all().filter(|from| brings(*from, kind) && found.insert(*from)));
        }
        // What stands in for what runs comes along; namesakes run on namesakes.
        for kind in found.iter().filter(|kind| kind.info().is_compute()) {
            [Rel::RunsOn, Rel::MemberOf].into_iter().for_each(|rel| self.named(kind.info().targets(rel)));
        }
        self.all(|kind| found.contains(&kind));
    }

    /// The other ends of its replication.
    fn peers(&mut self, kind: Kind) {
        self.own(kind);
        let live = self.kinds.live(kind).to_vec();
        let globals = kind.info().targets(Rel::MemberOf).iter().chain(kind.info().targets(Rel::ReplicaOf));
        let globals = globals.map(|name| Kind::of(name));
        live.into_iter().chain(globals).for_each(|kind| self.own(kind));
    }

    fn copies(&mut self, kind: Kind) {
        if !kind.info().is_stateful() {
            return;
        }
        self.peers(kind);
        // With what the backup service may tell more of.
        self.of.extend(self.kinds.copies(kind));
        // One whose key is gone is none.
        self.named(&["aws.kms.key"]);
        self.backups(kind);
    }

    fn backups(&mut self, kind: Kind) {
        if kind.info().backup.is_some() {
            self.service_of("aws.backup.plan");
            self.kinds.plans(kind).collect::<Vec<_>>().into_iter().for_each(|plan| self.own(plan));
        }
    }

    fn users(&mut self, kind: Kind) {
        let rels = self.kinds.used_by(kind).to_vec();
        self.all(|user| rels.iter().any(|rel| user.info().has(*rel)));
    }

    fn counterpart(&mut self, kind: Kind) {
        if !self.done.insert((kind, "counterpart of".to_owned())) {
            return;
        }
        self.own(kind);
        self.place(kind);
        match kind.info().counterpart {
            Rule::Replica | Rule::ReplicaOrSameName => self.peers(kind),
            Rule::Cache => {
                self.peers(kind);
                self.all(|kind| kind.info().counterpart == Rule::Cache);
                self.applications(kind);
            }
            // Namesakes run on namesakes.
            Rule::StandIn | Rule::Twin => {
                self.named(kind.info().targets(Rel::RunsOn));
                self.named(kind.info().targets(Rel::MemberOf));
                self.applications(kind);
            }
            Rule::InNetwork => self.counterpart(self.kinds.vpc),
            Rule::Subnet => {
                self.counterpart(self.kinds.vpc);
                self.service_of("aws.ec2.subnet");
            }
            Rule::EventSource => self.counterpart(Kind::of("aws.lambda.function")),
            Rule::InCluster => self.counterpart(self.kinds.eks_cluster),
            Rule::Record => {
                self.all(answers);
                self.service_of("aws.route53.record");
            }
            Rule::SameName | Rule::Role | Rule::Key | Rule::Region | Rule::Certificate => {}
            Rule::Image | Rule::None => {}
        }
    }

    /// For a role: what takes it on, and what stands in for that. For a region: what is in it.
    fn needed(&mut self, kind: Kind) {
        if kind == self.kinds.region {
            self.all(comes_back);
        }
        if kind != self.kinds.role {
            return;
        }
        self.applications(kind);
        self.users(kind);
        let users = Kind::all().filter(|user| user.info().has(Rel::Assumes) && user.info().is_compute());
        users.collect::<Vec<_>>().into_iter().for_each(|user| self.counterpart(user));
    }

    /// What runs, what it talks to there, and everything on the way.
    fn reach(&mut self, kind: Kind) {
        self.counterpart(kind);
        self.named(kind.info().targets(Rel::RunsFrom));
        self.named(kind.info().targets(Rel::RunsOn));
        self.service_of("aws.ec2.vpc");
        let is_server = |kind: &Kind| kind.info().is_stateful() && matches!(kind.info().replicas, Replicas::Live(_));
        for server in Kind::all().filter(is_server) {
            self.peers(server);
            self.named(server.info().targets(Rel::InSubnetGroup));
        }
    }
}

/// It is to come back: it holds data, or runs.
fn comes_back(kind: Kind) -> bool {
    super::limits::is_asked_for(kind)
}

/// It answers to a host name, or is one.
fn answers(kind: Kind) -> bool {
    let class = kind.info().class;
    // Of these, the facets only say of what they are.
    let is_live = !matches!(class, Class::RecoveryPoint | Class::GlobalCluster);
    is_live && class.facets().iter().any(|facet| matches!(*facet, "traffic" | "database" | "dns"))
}

/// A relation of a kind may lead to the other, if it is one of those.
fn leads(from: Kind, is_meant: impl Fn(Rel) -> bool, to: Kind) -> bool {
    let may = |rel: Rel, targets: &[&str]| {
        let is_open = match rel {
            // By a host name or an ARN, which may be of whatever answers, holds data or runs.
            Rel::ConnectsTo | Rel::SendsTo | Rel::Consumes => answers(to) || comes_back(to),
            Rel::TrustsIssuer => to.info().class == Class::KubernetesCluster,
            _ => targets.is_empty(),
        };
        is_open || targets.contains(&to.name())
    };
    from.info().edges.iter().any(|(rel, targets)| is_meant(*rel) && may(*rel, targets))
}

/// A resource of one kind may bring one of the other along to its applications, in one step.
fn brings(from: Kind, to: Kind) -> bool {
    leads(from, |rel| rel.comes_back_with().brings_target(), to)
        || leads(to, |rel| rel.comes_back_with().brings_source(), from)
        || (to.info().class == Class::BackupPlan && from.info().backup.is_some())
        || (to.info().class == Class::DnsRecord && answers(from))
}
