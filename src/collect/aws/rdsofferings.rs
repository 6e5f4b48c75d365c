//! Whether the region where databases are to come back offers what they run on: the type of instance, with their engine and
//! version. Asked for are those that are in use, one call each. What may be ordered there in all is hundreds of pages.

use std::collections::BTreeSet;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbInstance, OrderableDbInstanceOption};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, Kind, MachineTypes, Place, Resource, Shared, TypesInZones};
use crate::providers::aws::names::partition;

const OFFERING: &str = "aws.rdsofferings.instance-type";
const ACTION: &str = "rds:DescribeOrderableDBInstanceOptions";

pub(crate) struct RdsOfferings;

impl Collector for RdsOfferings {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "rdsofferings",
            locality: Locality::Regional,
            kinds: &[OFFERING],
            actions: actions::RDS_OFFERINGS,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            // Nothing of this region comes back anywhere.
            let Some(region) = &cx.recovery_region else { return Ok(()) };
            let pages = client!(cx, aws_sdk_rds).describe_db_instances().into_paginator().items().send();
            let instances = out.listed(&[OFFERING], list("rds:DescribeDBInstances", pages).await)?;
            let there = cx.elsewhere(region);
            let client = client!(there, aws_sdk_rds);
            let wanted: BTreeSet<Wanted> = instances.iter().filter_map(Wanted::by).collect();
            let answers = together(wanted.iter().map(|wanted| ask(&client, wanted))).await;
            for (wanted, answer) in wanted.iter().zip(answers) {
                let mut resource = wanted.resource(there.place());
                match answer {
                    Ok(answer) => wanted.fill(&answer, &mut resource),
                    Err(trouble) => out.gap(&mut resource, "machine_types.offered", trouble),
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// A type of instance with what it runs.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    engine: String,
    version: String,
    machine: String,
}

/// What the region says of it.
#[derive(Debug, PartialEq)]
enum Answer {
    /// It offers it in these zones.
    Offered(Vec<String>),
    /// It offers others with that version.
    Others,
    /// It offers nothing with that version: who restores a backup of it may get a newer one.
    NoSuchVersion,
}

async fn ask(client: &Client, wanted: &Wanted) -> Result<Answer, Trouble> {
    let of_version =
        || client.describe_orderable_db_instance_options().engine(&wanted.engine).engine_version(&wanted.version);
    let pages = of_version().db_instance_class(&wanted.machine).into_paginator().items().send();
    let found = list(ACTION, pages).await.whole()?;
    if let Some(zones) = wanted.zones(&found) {
        return Ok(Answer::Offered(zones));
    }
    let others = list(ACTION, of_version().into_paginator().items().send()).await.whole()?;
    // An answer to the wider question holds that to the narrower one.
    Ok(match wanted.zones(&others) {
        Some(zones) => Answer::Offered(zones),
        None if others.is_empty() => Answer::NoSuchVersion,
        None => Answer::Others,
    })
}

impl Wanted {
    fn by(instance: &DbInstance) -> Option<Self> {
        Some(Self {
            engine: instance.engine()?.to_lowercase(),
            version: instance.engine_version()?.to_owned(),
            machine: instance.db_instance_class()?.to_owned(),
        })
    }

    /// The zones of what is offered of it. None: nothing is.
    fn zones(&self, options: &[OrderableDbInstanceOption]) -> Option<Vec<String>> {
        let own: Vec<_> = options.iter().filter(|it| it.db_instance_class() == Some(&self.machine)).collect();
        let zones = || own.iter().flat_map(|it| it.availability_zones()).filter_map(|zone| zone.name());
        (!own.is_empty()).then(|| sorted(zones()))
    }

    fn resource(&self, place: Place) -> Resource {
        let (region, account) = (place.region.text().unwrap_or_default(), place.account.text().unwrap_or_default());
        let Self { engine, version, machine } = self;
        // They have no ARN of their own.
        let id = format!("arn:{}:rds:{region}:{account}:instance-type:{engine}/{version}/{machine}", partition(region));
        let mut resource = Resource::new(Kind::of(OFFERING), id, format!("{machine} with {engine} {version}"), place);
        resource.tags = Fact::Absent;
        resource.machine_types = Some(Shared::from(MachineTypes {
            engine: engine.as_str().into(),
            engine_version: version.as_str().into(),
            asked: Fact::Known(vec![machine.clone()]),
            offered: Fact::Unknown,
        }));
        resource
    }

    fn fill(&self, answer: &Answer, resource: &mut Resource) {
        let offered = match answer {
            Answer::Offered(zones) => {
                let zones = Fact::Known(zones.clone());
                Fact::Known(vec![TypesInZones { zones, types: Fact::Known(vec![self.machine.clone()]) }])
            }
            Answer::Others => Fact::Known(Vec::new()),
            Answer::NoSuchVersion => {
                let why = format!("{} {} is offered there with no type any more", self.engine, self.version);
                resource.mark_unknown("machine_types.offered", why);
                Fact::Unknown
            }
        };
        resource.machine_types.get_or_insert_default().offered = offered;
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::AvailabilityZone;
    use serde_json::{Value, json};

    use super::*;

    fn wanted() -> Wanted {
        let instance =
            DbInstance::builder().engine("postgres").engine_version("16.3").db_instance_class("db.r6g.large");
        Wanted::by(&instance.build()).unwrap()
    }

    #[test]
    fn only_options_of_the_type_itself_offer_it() {
        let option = |machine: &str, zone: &str| {
            let zone = AvailabilityZone::builder().name(zone).build();
            OrderableDbInstanceOption::builder().db_instance_class(machine).availability_zones(zone).build()
        };
        let options = [
            option("db.r6g.large", "us-west-2b"),
            option("db.r6g.large", "us-west-2a"),
            option("db.r6g.xlarge", "us-west-2c"),
        ];
        let zones = Some(vec!["us-west-2a".to_owned(), "us-west-2b".to_owned()]);
        assert_eq!(wanted().zones(&options), zones);
        assert_eq!(wanted().zones(&options[2..]), None);
        assert_eq!(Wanted::by(&DbInstance::builder().engine("postgres").build()), None);
    }

    #[test]
    fn a_version_that_nobody_can_order_says_nothing_of_the_type() {
        let found = |answer: Answer| {
            let mut resource = wanted().resource(Place::new("111122223333", "us-west-2"));
            wanted().fill(&answer, &mut resource);
            serde_json::to_value(resource).unwrap()
        };
        let expected = |offered: Value, unknown: Value| {
            let mut expected = json!({
                "id": "arn:aws:rds:us-west-2:111122223333:instance-type:postgres/16.3/db.r6g.large",
                "kind": "aws.rdsofferings.instance-type", "name": "db.r6g.large with postgres 16.3",
                "place": {"account": "111122223333", "region": "us-west-2"}, "tags": null,
                "machine_types": {"engine": "postgres", "engine_version": "16.3", "asked": ["db.r6g.large"]},
                "origin": {"source": ""},
            });
            match unknown {
                Value::Null => expected["machine_types"]["offered"] = offered,
                why => expected["unknown"] = json!({"machine_types.offered": why}),
            }
            expected
        };
        let zones = vec!["us-west-2a".to_owned()];
        let offered = json!([{"zones": ["us-west-2a"], "types": ["db.r6g.large"]}]);
        assert_eq!(found(Answer::Offered(zones)), expected(offered, Value::Null));
        assert_eq!(found(Answer::Others), expected(json!([]), Value::Null));
        let why = json!("postgres 16.3 is offered there with no type any more");
        assert_eq!(found(Answer::NoSuchVersion), expected(Value::Null, why));
    }
}
