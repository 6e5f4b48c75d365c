//! Which types of machines a region offers in which zones, and which are reserved.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    CapacityReservation, CapacityReservationState, InstanceMatchCriteria, InstanceTypeOffering, LocationType,
};

use super::super::read::{list, moment, number};
use super::super::{Context, Sink, Trouble};
use super::common::{INSTANCE_TYPES, RESERVATION, resource, status};
use crate::model::{Fact, Kind, MachineTypes, Place, Reservation, Resource, Shared, TypesInZones};
use crate::providers::aws::names::partition;

pub(super) async fn collect(cx: &Context, client: &Client, out: &mut Sink) -> Result<(), Trouble> {
    let call = client.describe_instance_type_offerings().location_type(LocationType::AvailabilityZone);
    let offerings = list("ec2:DescribeInstanceTypeOfferings", call.into_paginator().items().send()).await;
    let is_whole = offerings.trouble.is_none();
    let offerings = out.listed(&[INSTANCE_TYPES], offerings)?;
    // A part of the list would make types look as if nobody offered them.
    if is_whole {
        out.push(types(&offerings, cx.place()));
    }
    let pages = client.describe_capacity_reservations().into_paginator().items().send();
    let reservations = out.listed(&[RESERVATION], list("ec2:DescribeCapacityReservations", pages).await)?;
    for it in reservations.iter().filter(|it| is_there(it)) {
        out.push(reservation(it, cx.place()));
    }
    Ok(())
}

/// One resource holds them all: a region offers some eight hundred types, most of them in the same few sets of zones.
pub(super) fn types(offerings: &[InstanceTypeOffering], place: Place) -> Resource {
    let mut zones: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for it in offerings {
        if let (Some(machine), Some(zone)) = (it.instance_type(), it.location()) {
            zones.entry(machine.as_str()).or_default().insert(zone);
        }
    }
    let mut sets: BTreeMap<BTreeSet<&str>, Vec<String>> = BTreeMap::new();
    for (machine, zones) in zones {
        sets.entry(zones).or_default().push(machine.to_owned());
    }
    let (region, account) = (place.region.text().unwrap_or_default(), place.account.text().unwrap_or_default());
    // They have no ARN of their own.
    let id = format!("arn:{}:ec2:{region}:{account}:instance-types", partition(region));
    let mut resource = Resource::new(Kind::of(INSTANCE_TYPES), id, region.to_owned(), place);
    resource.tags = Fact::Known(Default::default());
    let one = |(zones, types): (BTreeSet<&str>, Vec<String>)| TypesInZones {
        zones: Fact::Known(zones.into_iter().map(str::to_owned).collect()),
        types: Fact::Known(types),
    };
    resource.machine_types = Some(Shared::from(MachineTypes {
        engine: Fact::Absent,
        engine_version: Fact::Absent,
        asked: Fact::Absent,
        offered: Fact::Known(sets.into_iter().map(one).collect()),
    }));
    resource
}

/// EC2 lists reservations for some time after they ended.
pub(super) fn is_there(it: &CapacityReservation) -> bool {
    !matches!(
        it.state(),
        Some(
            CapacityReservationState::Cancelled
                | CapacityReservationState::Expired
                | CapacityReservationState::Failed
                | CapacityReservationState::PaymentFailed
                | CapacityReservationState::Unsupported
        )
    )
}

pub(super) fn reservation(it: &CapacityReservation, place: Place) -> Resource {
    let id = it.capacity_reservation_id();
    let mut resource = resource(RESERVATION, "capacity-reservation", id, it.owner_id(), it.tags(), place);
    let mut facts = status(it.state().map(|state| state.as_str()), "active");
    facts.created_at = moment(it.create_date());
    resource.status = Some(Shared::from(facts));
    let text = |text: Option<&str>| Fact::from_known(text.map(str::to_owned));
    resource.reservation = Some(Shared::from(Reservation {
        machine: text(it.instance_type()),
        zone: text(it.availability_zone()),
        total: number(it.total_instance_count()),
        free: number(it.available_instance_count()),
        open: Fact::from_known(it.instance_match_criteria().map(|how| *how == InstanceMatchCriteria::Open)),
        ends_at: moment(it.end_date()),
    }));
    resource
}
