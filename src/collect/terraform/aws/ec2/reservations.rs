//! Machines that code keeps free.

use super::super::provider::TYPE;
use super::moment;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Fact, Reservation, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_ec2_capacity_reservation",
        kind: Some("aws.ec2.capacity-reservation"),
        global_id: "arn",
        names: &["id"],
        facts: &[
            ("reservation.ends_at", "end_date"),
            ("reservation.machine", "instance_type"),
            ("reservation.open", "instance_match_criteria"),
            ("reservation.total", "instance_count"),
            ("reservation.zone", "availability_zone"),
        ],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Resource(reservation),
}];

fn reservation(attrs: &Attrs<'_>, resource: &mut Resource) {
    let total = attrs.number("instance_count");
    resource.reservation = Some(Shared::from(Reservation {
        machine: attrs.text("instance_type"),
        zone: attrs.text("availability_zone"),
        total,
        // Nothing runs on what is still to be made.
        free: if attrs.is_created() { total } else { Fact::Unknown },
        open: attrs.text_or("instance_match_criteria", "open").map(|how| how == "open"),
        ends_at: moment(attrs, "end_date"),
    }));
    if !attrs.is_created() {
        resource.mark_unknown("reservation.free", "code does not know how many run");
    }
}
