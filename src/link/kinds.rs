//! Which kinds take part in which search, arranged by kind from what each declares.

use std::collections::BTreeSet;

use crate::kinds::Replicas;
use crate::model::{Kind, Rel};

/// By kind, the kinds that are searched for it.
pub(super) struct Kinds {
    pub key: Kind,
    pub plan: Kind,
    pub lifecycle: Kind,
    pub volume: Kind,
    pub recovery_point: Kind,
    pub role: Kind,
    pub repository: Kind,
    pub log_group: Kind,
    pub parameter: Kind,
    pub machine_image: Kind,
    pub machine_types: Kind,
    pub database_types: Kind,
    pub reservation: Kind,
    pub drills: Kind,
    pub settings: Kind,
    pub vault: Kind,
    pub copy_job: Kind,
    pub restore_job: Kind,
    pub restore_testing_plan: Kind,
    pub eks_cluster: Kind,
    pub node_group: Kind,
    pub fargate_profile: Kind,
    pub scaling_group: Kind,
    pub load_balancer: Kind,
    pub listener: Kind,
    pub api: Kind,
    pub api_domain: Kind,
    pub function: Kind,
    pub certificate: Kind,
    pub zone: Kind,
    pub record: Kind,
    pub health_check: Kind,
    pub endpoint: Kind,
    pub distribution: Kind,
    pub accelerator: Kind,
    pub accelerator_listener: Kind,
    pub endpoint_group: Kind,
    pub control_panel: Kind,
    pub routing_control: Kind,
    pub safety_rule: Kind,
    pub security_group: Kind,
    pub peering: Kind,
    pub attachment: Kind,
    pub transit_table: Kind,
    pub subnet: Kind,
    pub vpc: Kind,
    pub metric: Kind,
    pub organization: Kind,
    pub organization_policy: Kind,
    pub quota: Kind,
    pub quota_warning: Kind,
    pub region: Kind,
    live: Vec<Vec<Kind>>,
    copies: Vec<Vec<Kind>>,
    used_by: Vec<Vec<Rel>>,
}

impl Kinds {
    pub(super) fn new() -> Self {
        let recovery_point = Kind::of("aws.backup.recovery-point");
        let live = |kind: Kind| match kind.info().replicas {
            Replicas::Live(kinds) => of(kinds),
            Replicas::Provider | Replicas::None => Vec::new(),
        };
        let copies = |kind: Kind| {
            let backups = kind.info().backup.map(|_| recovery_point);
            live(kind).into_iter().chain(of(kind.info().copies)).chain(backups).collect()
        };
        Self {
            key: Kind::of("aws.kms.key"),
            plan: Kind::of("aws.backup.plan"),
            lifecycle: Kind::of("aws.dlm.policy"),
            volume: Kind::of("aws.ec2.volume"),
            recovery_point,
            role: Kind::of("aws.iam.role"),
            repository: Kind::of("aws.ecr.repository"),
            log_group: Kind::of("aws.logs.group"),
            parameter: Kind::of("aws.ssm.parameter"),
            machine_image: Kind::of("aws.ec2.image"),
            machine_types: Kind::of("aws.ec2.instance-types"),
            database_types: Kind::of("aws.rdsofferings.instance-type"),
            reservation: Kind::of("aws.ec2.capacity-reservation"),
            drills: Kind::of("application.drills"),
            settings: Kind::of("aws.backup.region-settings"),
            vault: Kind::of("aws.backup.vault"),
            copy_job: Kind::of("aws.backup.copy-job"),
            restore_job: Kind::of("aws.backup.restore-job"),
            restore_testing_plan: Kind::of("aws.backup.restore-testing-plan"),
            eks_cluster: Kind::of("aws.eks.cluster"),
            node_group: Kind::of("aws.eks.node-group"),
            fargate_profile: Kind::of("aws.eks.fargate-profile"),
            scaling_group: Kind::of("aws.autoscaling.group"),
            load_balancer: Kind::of("aws.elbv2.load-balancer"),
            listener: Kind::of("aws.elbv2.listener"),
            api: Kind::of("aws.apigateway.api"),
            api_domain: Kind::of("aws.apigateway.domain"),
            function: Kind::of("aws.lambda.function"),
            certificate: Kind::of("aws.acm.certificate"),
            zone: Kind::of("aws.route53.zone"),
            record: Kind::of("aws.route53.record"),
            health_check: Kind::of("aws.route53.health-check"),
            endpoint: Kind::of("aws.ec2.endpoint"),
            distribution: Kind::of("aws.cloudfront.distribution"),
            accelerator: Kind::of("aws.globalaccelerator.accelerator"),
            accelerator_listener: Kind::of("aws.globalaccelerator.listener"),
            endpoint_group: Kind::of("aws.globalaccelerator.endpoint-group"),
            control_panel: Kind::of("aws.route53recoverycontrolconfig.control-panel"),
            routing_control: Kind::of("aws.route53recoverycontrolconfig.routing-control"),
            safety_rule: Kind::of("aws.route53recoverycontrolconfig.safety-rule"),
            security_group: Kind::of("aws.ec2.security-group"),
            peering: Kind::of("aws.ec2.peering"),
            attachment: Kind::of("aws.ec2.transit-gateway-attachment"),
            transit_table: Kind::of("aws.ec2.transit-gateway-route-table"),
            subnet: Kind::of("aws.ec2.subnet"),
            vpc: Kind::of("aws.ec2.vpc"),
            metric: Kind::of("aws.cloudwatch.metric"),
            organization: Kind::of("aws.organizations.organization"),
            organization_policy: Kind::of("aws.organizations.policy"),
            quota: Kind::of("aws.servicequotas.quota"),
            quota_warning: Kind::of("aws.arcregionswitch.quota-warning"),
            region: Kind::of("aws.account.region"),
            live: Kind::all().map(live).collect(),
            copies: Kind::all().map(copies).collect(),
            used_by: Kind::all().map(used_by).collect(),
        }
    }

    /// What a live replica of that kind is.
    pub(super) fn live(&self, kind: Kind) -> &[Kind] {
        self.live.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a copy of the data of that kind is.
    pub(super) fn copies(&self, kind: Kind) -> &[Kind] {
        self.copies.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// What says of that kind what is backed up when.
    pub(super) fn plans(&self, kind: Kind) -> impl Iterator<Item = Kind> {
        [self.plan].into_iter().chain((kind == self.volume).then_some(self.lifecycle))
    }

    /// What the nodes of a Kubernetes cluster come from.
    pub(super) fn of_clusters(&self) -> [Kind; 3] {
        [self.node_group, self.fargate_profile, self.scaling_group]
    }

    /// Relations by which others use resources of that kind.
    pub(super) fn used_by(&self, kind: Kind) -> &[Rel] {
        self.used_by.get(kind.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The provider itself keeps its copies and says in which regions.
    pub(super) fn provider_replicated(&self, kind: Kind) -> bool {
        matches!(kind.info().replicas, Replicas::Provider)
    }

    /// It can be a member of a global cluster or datastore.
    pub(super) fn has_global(&self, kind: Kind) -> bool {
        kind.info().targets(Rel::MemberOf).iter().any(|parent| Kind::of(parent).info().mechanism.is_some())
    }
}

fn of(names: &[&str]) -> Vec<Kind> {
    names.iter().map(|name| Kind::of(name)).collect()
}

/// The uses, among the relations of all kinds, that lead to a kind.
fn used_by(kind: Kind) -> Vec<Rel> {
    let edges = Kind::all().flat_map(|user| user.info().edges).filter(|(rel, _)| rel.is_use());
    let rels: BTreeSet<Rel> =
        edges.filter(|(_, targets)| targets.contains(&kind.name())).map(|(rel, _)| *rel).collect();
    rels.into_iter().collect()
}
