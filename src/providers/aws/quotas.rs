//! The quotas that stand in the way of a recovery: what there may be of the things that are to come back. Codes as Service
//! Quotas has them on 2026-11-28.
//!
//! Left out is what cannot be counted by what is there: NAT gateways are limited zone by zone, and which zone one comes back
//! in is nobody's fact; Elastic IP addresses, parameter groups and disks are not collected. Internet gateways have the limit
//! of the VPCs, and nobody has as many clusters and services of ECS as there may be.

/// A quota that is looked at.
#[derive(Debug)]
pub(crate) struct Limit {
    /// `ServiceCode`.
    pub service: &'static str,
    /// `QuotaCode`.
    pub code: &'static str,
    /// What it limits, in plural.
    pub counts: &'static str,
    /// How what is there is counted.
    pub measure: Measure,
    /// The kinds of it.
    pub kinds: &'static [&'static str],
}

/// How things are counted against a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Each is one.
    Resources,
    /// Each is one, if it is a load balancer that balances by this.
    Balancers(&'static str),
    /// Each is as many as it has nodes.
    Nodes,
    /// Each is as many as its instances have virtual processors, if their types are of these families.
    Vcpus(Families),
    /// Each is as many as the tasks have that it is to run on Fargate, in units of which 1,024 are a virtual processor.
    TaskCpu,
    /// Each is as many as are reserved for it.
    Executions,
}

impl Measure {
    /// What was counted, as the quota counts it.
    pub(crate) fn total(self, counted: u64) -> u64 {
        match self {
            Self::TaskCpu => counted.div_ceil(1024),
            // So many have to stay for functions that reserve none.
            Self::Executions if counted > 0 => counted.saturating_add(100),
            _ => counted,
        }
    }
}

/// Families of instance types that share a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Families {
    /// A, C, D, H, I, M, R, T and Z.
    Standard,
    /// G and VT: with graphics processors, and what encodes video.
    Graphics,
    /// P: for learning machines. An account starts with none.
    Accelerated,
}

impl Families {
    /// The families of an instance type. None: of others, each with a quota that is not looked at.
    fn of(instance_type: &str) -> Option<Self> {
        let letters = instance_type.split(|c: char| !c.is_ascii_alphabetic()).next()?;
        match letters {
            "a" | "c" | "d" | "h" | "i" | "im" | "is" | "m" | "r" | "t" | "z" => Some(Self::Standard),
            "g" | "gr" | "vt" => Some(Self::Graphics),
            "p" => Some(Self::Accelerated),
            _ => None,
        }
    }
}

const MACHINES: &[&str] = &["aws.autoscaling.group", "aws.eks.node-group"];
const BALANCERS: &[&str] = &["aws.elbv2.load-balancer"];

pub(crate) const LIMITS: &[Limit] = &[
    Limit {
        service: "autoscaling",
        code: "L-CDE20ADC",
        counts: "Auto Scaling groups",
        measure: Measure::Resources,
        // Each node group of EKS makes one.
        kinds: &["aws.autoscaling.group"],
    },
    Limit {
        service: "ec2",
        code: "L-1216C47A",
        counts: "virtual processors of standard on-demand instances",
        measure: Measure::Vcpus(Families::Standard),
        kinds: MACHINES,
    },
    Limit {
        service: "ec2",
        code: "L-417A185B",
        counts: "virtual processors of on-demand P instances",
        measure: Measure::Vcpus(Families::Accelerated),
        kinds: MACHINES,
    },
    Limit {
        service: "ec2",
        code: "L-DB2E81BA",
        counts: "virtual processors of on-demand G and VT instances",
        measure: Measure::Vcpus(Families::Graphics),
        kinds: MACHINES,
    },
    Limit {
        service: "eks",
        code: "L-1194D53C",
        counts: "EKS clusters",
        measure: Measure::Resources,
        kinds: &["aws.eks.cluster"],
    },
    Limit {
        service: "elasticache",
        code: "L-DFE45DF3",
        counts: "cache nodes",
        measure: Measure::Nodes,
        kinds: &["aws.elasticache.cluster", "aws.elasticache.replication-group"],
    },
    Limit {
        service: "elasticloadbalancing",
        code: "L-53DA6B97",
        counts: "Application Load Balancers",
        measure: Measure::Balancers("application"),
        kinds: BALANCERS,
    },
    Limit {
        service: "elasticloadbalancing",
        code: "L-69A177A2",
        counts: "Network Load Balancers",
        measure: Measure::Balancers("network"),
        kinds: BALANCERS,
    },
    Limit {
        service: "elasticloadbalancing",
        code: "L-B22855CB",
        counts: "target groups",
        measure: Measure::Resources,
        kinds: &["aws.elbv2.target-group"],
    },
    Limit {
        service: "fargate",
        code: "L-3032A538",
        counts: "virtual processors of on-demand Fargate",
        measure: Measure::TaskCpu,
        // How many pods a profile of EKS starts nobody says.
        kinds: &["aws.ecs.service", "aws.eks.fargate-profile"],
    },
    Limit {
        service: "lambda",
        code: "L-B99A9384",
        // What functions that reserve none run at a time is no fact of theirs.
        counts: "concurrent executions, of which 100 stay unreserved",
        measure: Measure::Executions,
        kinds: &["aws.lambda.function"],
    },
    Limit {
        service: "rds",
        code: "L-7B6409FD",
        counts: "database instances",
        measure: Measure::Resources,
        kinds: &["aws.docdb.instance", "aws.neptune.instance", "aws.rds.instance"],
    },
    Limit {
        service: "rds",
        code: "L-952B80B8",
        counts: "database clusters",
        measure: Measure::Resources,
        kinds: &["aws.docdb.cluster", "aws.neptune.cluster", "aws.rds.cluster"],
    },
    Limit {
        service: "vpc",
        code: "L-E79EC296",
        counts: "security groups",
        measure: Measure::Resources,
        kinds: &["aws.ec2.security-group"],
    },
    Limit { service: "vpc", code: "L-F678F1CE", counts: "VPCs", measure: Measure::Resources, kinds: &["aws.ec2.vpc"] },
];

/// The row of a quota.
pub(crate) fn limit(service: &str, code: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.service == service && limit.code == code)
}

/// Virtual processors of an instance type that the quota of these families counts. `Some(0)`: another quota counts it.
/// None: not known.
pub(crate) fn vcpus(instance_type: &str, families: Families) -> Option<u64> {
    let (family, size) = instance_type.split_once('.')?;
    if Families::of(family) != Some(families) {
        return Some(0);
    }
    // Families of the first years, and two sizes, do not follow the rule.
    if matches!(family, "c1" | "m1" | "m2" | "t1") {
        return None;
    }
    if matches!(instance_type, "c4.8xlarge" | "d2.8xlarge") {
        return Some(36);
    }
    let multiple = |text: &str| text.parse::<u64>().ok().map(|number| number * 4);
    match size {
        "nano" | "micro" | "small" => Some(if family == "t2" { 1 } else { 2 }),
        "medium" => Some(if family.starts_with('t') { 2 } else { 1 }),
        "large" => Some(2),
        "xlarge" => Some(4),
        _ => multiple(size.strip_prefix("metal-").unwrap_or(size).strip_suffix("xlarge").or_else(|| {
            let metal = size.strip_prefix("metal-")?;
            metal.strip_suffix("xl")
        })?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[test]
    fn limits_are_sorted_and_count_kinds_that_there_are() {
        assert!(LIMITS.is_sorted_by_key(|limit| (limit.service, limit.code)));
        let kinds = LIMITS.iter().flat_map(|limit| limit.kinds);
        assert_eq!(kinds.filter(|kind| Kind::find(kind).is_none()).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn processors_follow_from_the_size() {
        let cases = [
            ("m7g.large", Some(2)),
            ("m7g.medium", Some(1)),
            ("t3.medium", Some(2)),
            ("t2.micro", Some(1)),
            ("c5.9xlarge", Some(36)),
            ("c4.8xlarge", Some(36)),
            ("m8g.metal-24xl", Some(96)),
            ("c5.metal", None),
            ("p5.48xlarge", Some(0)),
            ("inf2.xlarge", Some(0)),
            ("im4gn.large", Some(2)),
            ("m1.large", None),
            ("large", None),
        ];
        let standard = |name| vcpus(name, Families::Standard);
        assert_eq!(cases.map(|(name, _)| standard(name)), cases.map(|(_, vcpus)| vcpus));
        let others = [
            ("g4dn.xlarge", Some(4), Some(0)),
            ("g6f.large", Some(2), Some(0)),
            ("gr6.4xlarge", Some(16), Some(0)),
            ("vt1.24xlarge", Some(96), Some(0)),
            ("g4dn.metal", None, Some(0)),
            ("p5.48xlarge", Some(0), Some(192)),
            ("p6-b200.48xlarge", Some(0), Some(192)),
            ("m7g.large", Some(0), Some(0)),
            ("hpc7g.4xlarge", Some(0), Some(0)),
            ("dl1.24xlarge", Some(0), Some(0)),
        ];
        let found = |(name, ..): (&'static str, Option<u64>, Option<u64>)| {
            (name, vcpus(name, Families::Graphics), vcpus(name, Families::Accelerated))
        };
        assert_eq!(others.map(found), others);
    }

    #[test]
    fn a_quota_may_count_otherwise_than_its_parts_do() {
        let cases = [
            (Measure::TaskCpu, 256, 1),
            (Measure::TaskCpu, 2048, 2),
            (Measure::Executions, 0, 0),
            (Measure::Executions, 50, 150),
            (Measure::Resources, 7, 7),
        ];
        assert_eq!(cases.map(|(measure, counted, _)| measure.total(counted)), cases.map(|(.., total)| total));
    }
}
