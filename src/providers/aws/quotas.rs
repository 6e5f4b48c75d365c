//! The quotas that stand in the way of a recovery: what there may be of the things that are to come back. Codes as Service
//! Quotas has them on 2026-11-28.

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
    /// Each is as many as it has nodes.
    Nodes,
    /// Each is as many as its instances have virtual processors, if their family is of the quota.
    StandardVcpus,
}

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
        measure: Measure::StandardVcpus,
        kinds: &["aws.autoscaling.group", "aws.eks.node-group"],
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
    Limit { service: "vpc", code: "L-F678F1CE", counts: "VPCs", measure: Measure::Resources, kinds: &["aws.ec2.vpc"] },
];

/// The row of a quota.
pub(crate) fn limit(service: &str, code: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.service == service && limit.code == code)
}

/// Virtual processors of an instance type that the quota of standard families counts. `Some(0)`: another quota counts it.
/// None: not known.
pub(crate) fn standard_vcpus(instance_type: &str) -> Option<u64> {
    let (family, size) = instance_type.split_once('.')?;
    let letters: String = family.chars().take_while(char::is_ascii_alphabetic).collect();
    let is_standard = matches!(letters.as_str(), "a" | "c" | "d" | "h" | "i" | "im" | "is" | "m" | "r" | "t" | "z");
    if !is_standard {
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
        "medium" => Some(if letters == "t" { 2 } else { 1 }),
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
            ("m1.large", None),
            ("large", None),
        ];
        assert_eq!(cases.map(|(name, _)| standard_vcpus(name)), cases.map(|(_, vcpus)| vcpus));
    }
}
