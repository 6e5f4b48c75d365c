//! Which metrics tell of replication, and what one of them says.

use aws_sdk_cloudwatch::types::{Metric, MetricDataResult, StatusCode};

use crate::collect::aws::Context;
use crate::collect::aws::read::moment;
use crate::model::{Fact, Kind, Measurement, Resource, Shared, Timestamp};
use crate::providers::aws::names::partition;

pub(super) const METRIC: &str = "aws.cloudwatch.metric";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measures {
    /// How far what follows is behind. So many seconds are one of its unit.
    Lag(f64),
    /// Operations that wait.
    Pending,
    /// Operations that were given up.
    Failed,
}

/// A metric of a service.
#[derive(Debug)]
pub(super) struct Series {
    pub namespace: &'static str,
    pub metric: &'static str,
    pub measures: Measures,
    /// The dimension that names what it is measured at.
    of: &'static str,
    /// Where the copy is, if that is something else.
    to: Option<&'static str>,
    /// Others that it may have.
    besides: &'static [&'static str],
}

const MILLISECONDS: Measures = Measures::Lag(0.001);
const SECONDS: Measures = Measures::Lag(1.0);

const fn of_database(metric: &'static str, of: &'static str, measures: Measures) -> Series {
    Series { namespace: "AWS/RDS", metric, measures, of, to: None, besides: &["SourceRegion"] }
}

const fn of_bucket(metric: &'static str, measures: Measures) -> Series {
    let to = Some("DestinationBucket");
    Series { namespace: "AWS/S3", metric, measures, of: "SourceBucket", to, besides: &["RuleId"] }
}

pub(super) static SERIES: &[Series] = &[
    of_database("ReplicaLag", "DBInstanceIdentifier", SECONDS),
    of_database("AuroraGlobalDBRPOLag", "DBClusterIdentifier", MILLISECONDS),
    of_database("AuroraGlobalDBReplicationLag", "DBClusterIdentifier", MILLISECONDS),
    Series {
        namespace: "AWS/DynamoDB",
        metric: "ReplicationLatency",
        measures: MILLISECONDS,
        of: "TableName",
        to: Some("ReceivingRegion"),
        besides: &[],
    },
    Series {
        namespace: "AWS/ElastiCache",
        metric: "GlobalDatastoreReplicationLag",
        measures: SECONDS,
        of: "CacheClusterId",
        to: None,
        besides: &["CacheNodeId"],
    },
    // Only of rules that have metrics, or time control, which brings them.
    of_bucket("ReplicationLatency", SECONDS),
    of_bucket("OperationsPendingReplication", Measures::Pending),
    of_bucket("OperationsFailedReplication", Measures::Failed),
];

impl Measures {
    pub(super) fn statistic(self) -> &'static str {
        match self {
            Self::Lag(_) | Self::Pending => "Maximum",
            Self::Failed => "Sum",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Lag(_) => "lag",
            Self::Pending => "pending",
            Self::Failed => "failed",
        }
    }
}

impl Series {
    /// It is of one thing: sums over an engine or a region have other dimensions.
    pub(super) fn is_of(&self, metric: &Metric) -> bool {
        let is_known = |name: &str| name == self.of || self.to == Some(name) || self.besides.contains(&name);
        let has = |name: &str| dimension(metric, name).is_some();
        has(self.of)
            && self.to.is_none_or(has)
            && metric.dimensions().iter().all(|one| one.name().is_some_and(is_known))
    }

    pub(super) fn resource(&self, metric: &Metric, cx: &Context) -> Option<Resource> {
        let (region, account) = (&cx.region, &cx.account);
        let named = dimension(metric, self.of)?;
        let partition = partition(region);
        let bucket = |name: &str| format!("arn:{partition}:s3:::{name}");
        let of = match self.of {
            "DBInstanceIdentifier" => format!("arn:{partition}:rds:{region}:{account}:db:{named}"),
            "DBClusterIdentifier" => format!("arn:{partition}:rds:{region}:{account}:cluster:{named}"),
            "TableName" => format!("arn:{partition}:dynamodb:{region}:{account}:table/{named}"),
            "CacheClusterId" => {
                format!("arn:{partition}:elasticache:{region}:{account}:replicationgroup:{}", group(named))
            }
            _ => bucket(named),
        };
        let to = match self.to {
            Some("DestinationBucket") => dimension(metric, "DestinationBucket").map(bucket),
            Some(name) => dimension(metric, name).map(str::to_owned),
            None => None,
        };
        let mut dimensions: Vec<&str> = metric.dimensions().iter().filter_map(|one| one.value()).collect();
        dimensions.sort_unstable();
        let name = format!("{}/{}", self.metric, dimensions.join("/"));
        // They have no ARN.
        let id = format!("arn:{partition}:cloudwatch:{region}:{account}:metric:{}/{name}", self.namespace);
        let mut resource = Resource::new(Kind::of(METRIC), id, name, cx.place());
        resource.tags = Fact::Absent;
        resource.measurement = Some(Shared::from(Measurement {
            metric: self.metric.into(),
            measures: self.measures.word().into(),
            of: of.into(),
            to: to.map_or(Fact::Absent, Fact::Known),
            ..Measurement::default()
        }));
        Some(resource)
    }

    pub(super) fn fill(&self, told: &Told, period_minutes: u32, resource: &mut Resource) {
        let unit = if let Measures::Lag(seconds) = self.measures { seconds } else { 1.0 };
        let measured = || told.values.iter().map(|(_, value)| value * unit);
        // Less than nothing is a word for trouble.
        let known = || measured().filter(|value| *value >= 0.0);
        let value = match self.measures {
            Measures::Lag(_) => known().reduce(f64::max),
            Measures::Pending => known().reduce(f64::min),
            Measures::Failed => (!told.values.is_empty()).then(|| known().sum()),
        };
        let newest = told.values.iter().max_by_key(|(at, _)| *at);
        let facts = resource.measurement.get_or_insert_default();
        facts.period_minutes = Fact::Known(period_minutes);
        facts.newest = Fact::from_known(newest.map(|(_, value)| value * unit).filter(|_| told.is_whole));
        facts.at = Fact::from_known(newest.map(|(at, _)| *at).filter(|_| told.is_whole));
        facts.value = Fact::from_known(value.filter(|_| told.is_whole));
        let reason = match (told.is_whole, told.values.is_empty()) {
            (false, _) => "CloudWatch did not give all of its values",
            (true, true) => "CloudWatch has no value of it",
            (true, false) => "CloudWatch has no measurement of it",
        };
        let unknown = [
            ("measurement.at", facts.at.is_unknown()),
            ("measurement.newest", facts.newest.is_unknown()),
            ("measurement.value", facts.value.is_unknown()),
        ];
        for (path, _) in unknown.into_iter().filter(|(_, is_unknown)| *is_unknown) {
            resource.mark_unknown(path, reason);
        }
    }
}

/// What CloudWatch gave of one.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    values: Vec<(Timestamp, f64)>,
    /// Nothing was held back.
    is_whole: bool,
}

impl Told {
    /// Its values on all pages. The last one says whether these are all.
    pub(super) fn of<'r>(results: impl Iterator<Item = &'r MetricDataResult>) -> Self {
        let mut told = Self::default();
        for result in results {
            let times = result.timestamps().iter().map(|at| moment(Some(at)).known().copied());
            let values = result.values().iter().copied();
            told.values.extend(times.zip(values).filter_map(|(at, value)| Some((at?, value))));
            told.is_whole = matches!(result.status_code(), Some(StatusCode::Complete));
        }
        told
    }
}

fn dimension<'m>(metric: &'m Metric, name: &str) -> Option<&'m str> {
    metric.dimensions().iter().find(|one| one.name() == Some(name)).and_then(|one| one.value())
}

/// The replication group of a node: `sessions-001`, or `sessions-0001-002` where there are shards.
fn group(node: &str) -> &str {
    let without = |name: &'_ str, digits: usize| {
        let (head, tail) = name.rsplit_once('-')?;
        (tail.len() == digits && tail.bytes().all(|b| b.is_ascii_digit())).then_some(head.len())
    };
    let shard = without(node, 3).and_then(|end| node.get(..end)).unwrap_or(node);
    without(shard, 4).and_then(|end| shard.get(..end)).unwrap_or(shard)
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_cloudwatch::primitives::DateTime;
    use aws_sdk_cloudwatch::types::Dimension;
    use serde_json::{Value, json};

    use super::*;

    fn series(namespace: &str, metric: &str) -> &'static Series {
        SERIES.iter().find(|one| one.namespace == namespace && one.metric == metric).unwrap()
    }

    fn metric(dimensions: &[(&str, &str)]) -> Metric {
        let dimension = |(name, value): &(&str, &str)| Dimension::builder().name(*name).value(*value).build();
        dimensions.iter().map(dimension).fold(Metric::builder(), |metric, one| metric.dimensions(one)).build()
    }

    fn result(status: StatusCode, values: &[(i64, f64)]) -> MetricDataResult {
        let empty = MetricDataResult::builder().id("q0").status_code(status);
        values.iter().fold(empty, |it, (at, value)| it.timestamps(DateTime::from_secs(*at)).values(*value)).build()
    }

    fn found(of: &Series, dimensions: &[(&str, &str)], results: &[MetricDataResult]) -> Value {
        let cx = Context::new("111122223333", "us-west-2", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let mut resource = of.resource(&metric(dimensions), &cx).unwrap();
        of.fill(&Told::of(results.iter()), 180, &mut resource);
        serde_json::to_value(resource).unwrap()
    }

    #[test]
    fn a_lag_is_the_greatest_of_all_pages_in_seconds() {
        let pages = [
            result(StatusCode::PartialData, &[(600, 40.0), (300, 90_500.0)]),
            result(StatusCode::Complete, &[(0, 20.0)]),
        ];
        let cluster = [("DBClusterIdentifier", "orders-west"), ("SourceRegion", "us-east-1")];
        let expected = json!({
            "id": "arn:aws:cloudwatch:us-west-2:111122223333:metric:AWS/RDS/AuroraGlobalDBRPOLag/orders-west/us-east-1",
            "kind": "aws.cloudwatch.metric", "name": "AuroraGlobalDBRPOLag/orders-west/us-east-1",
            "place": {"account": "111122223333", "region": "us-west-2"}, "tags": null,
            "measurement": {
                "metric": "AuroraGlobalDBRPOLag", "measures": "lag", "to": null, "value": 90.5, "newest": 0.04,
                "of": "arn:aws:rds:us-west-2:111122223333:cluster:orders-west", "at": "1970-01-01T00:10:00Z",
                "period_minutes": 180,
            },
            "origin": {"source": ""},
        });
        assert_eq!(found(series("AWS/RDS", "AuroraGlobalDBRPOLag"), &cluster, &pages), expected);
    }

    #[test]
    fn what_follows_nothing_is_behind_by_less_than_nothing() {
        let lag = series("AWS/RDS", "ReplicaLag");
        let replica = [("DBInstanceIdentifier", "orders-west")];
        let told = |values: &[(i64, f64)]| {
            let found = found(lag, &replica, &[result(StatusCode::Complete, values)]);
            json!([found["measurement"]["value"], found["measurement"]["newest"], found["unknown"]])
        };
        assert_eq!(told(&[(600, -1.0), (300, 7.0)]), json!([7.0, -1.0, null]));
        let reason = json!({"measurement.value": "CloudWatch has no measurement of it"});
        assert_eq!(told(&[(600, -1.0)]), json!([null, -1.0, reason]));
        let why = "CloudWatch has no value of it";
        let reason = json!({"measurement.at": why, "measurement.newest": why, "measurement.value": why});
        assert_eq!(told(&[]), json!([null, null, reason]));
    }

    #[test]
    fn what_is_held_back_is_not_known() {
        let bucket = [("SourceBucket", "orders"), ("DestinationBucket", "orders-west"), ("RuleId", "all")];
        let failed = series("AWS/S3", "OperationsFailedReplication");
        let told = |status| {
            let found = found(failed, &bucket, &[result(status, &[(300, 2.0), (0, 1.0)])]);
            json!([found["measurement"]["value"], found["unknown"]["measurement.value"]])
        };
        assert_eq!(told(StatusCode::Complete), json!([3.0, null]));
        for status in [StatusCode::Forbidden, StatusCode::InternalError, StatusCode::PartialData] {
            assert_eq!(told(status), json!([null, "CloudWatch did not give all of its values"]));
        }
        let pending = series("AWS/S3", "OperationsPendingReplication");
        let waits = [(600, 5.0), (300, 2.0), (0, 9.0)];
        let found = found(pending, &bucket, &[result(StatusCode::Complete, &waits)]);
        let of = json!([found["measurement"]["of"], found["measurement"]["to"], found["measurement"]["value"]]);
        assert_eq!(of, json!(["arn:aws:s3:::orders", "arn:aws:s3:::orders-west", 2.0]));
    }

    #[test]
    fn only_what_is_of_one_thing_is_asked_for() {
        let is_of = |namespace, name, dimensions: &[_]| series(namespace, name).is_of(&metric(dimensions));
        let instance = ("DBInstanceIdentifier", "orders");
        assert!(is_of("AWS/RDS", "ReplicaLag", &[instance]));
        assert!(!is_of("AWS/RDS", "ReplicaLag", &[("EngineName", "postgres")]));
        assert!(!is_of("AWS/RDS", "ReplicaLag", &[instance, ("Role", "READER")]));
        assert!(!is_of("AWS/DynamoDB", "ReplicationLatency", &[("TableName", "orders")]));
        assert!(is_of("AWS/DynamoDB", "ReplicationLatency", &[("TableName", "t"), ("ReceivingRegion", "us-west-2")]));
    }

    #[test]
    fn a_node_is_called_as_its_group() {
        let names = ["sessions-001", "sessions-0001-002", "sessions-west", "a-01", "west-1-003", "cache"];
        assert_eq!(names.map(group), ["sessions", "sessions", "sessions-west", "a-01", "west-1", "cache"]);
    }
}
