//! Regions of an account.

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Fact, Place, Resource, Shared, Status};

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_account_region",
        kind: Some("aws.account.region"),
        global_id: "",
        names: &["region_name"],
        facts: &[("status.healthy", "enabled"), ("status.state", "enabled")],
        reads: &["account_id"],
        ..TYPE
    },
    maps: Maps::Resource(region),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

/// It stands in the region that it is, so that recovery pairs name it.
fn region(attrs: &Attrs<'_>, resource: &mut Resource) {
    let enabled = attrs.boolean("enabled");
    resource.status = Some(Shared::from(Status {
        state: enabled.map(|enabled| if enabled { "opted-in" } else { "not-opted-in" }.to_owned()),
        healthy: enabled,
        created_at: Fact::Absent,
    }));
    let account = match attrs.text_if_set("account_id") {
        Fact::Known(account) => Fact::Known(account),
        _ => resource.place.account.clone(),
    };
    resource.place = Shared::from(Place { account, region: attrs.text("region_name") });
}
