//! Quotas that code asks for.

use super::provider::TYPE;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Fact, Quota, Resource, Shared};
use crate::providers::aws::quotas::limit;

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_servicequotas_service_quota",
        kind: Some("aws.servicequotas.quota"),
        global_id: "arn",
        names: &["id"],
        facts: &[
            ("quota.adjustable", "adjustable"),
            ("quota.code", "quota_code"),
            ("quota.service", "service_code"),
            ("quota.value", "value"),
        ],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Resource(quota),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn quota(attrs: &Attrs<'_>, resource: &mut Resource) {
    let (service, code) = (attrs.text("service_code"), attrs.text("quota_code"));
    let known = service.text().zip(code.text());
    let counts = known.and_then(|(service, code)| limit(service, code)).map(|limit| limit.counts.to_owned());
    if let Some((service, code)) = known {
        resource.name = format!("{service}/{code}");
    }
    let value = match attrs.state("value") {
        State::Known(value) => Fact::from_known(value.as_f64().filter(|it| *it >= 0.0).map(|it| it.floor() as u64)),
        _ => Fact::Unknown,
    };
    resource.quota = Some(Shared::from(Quota {
        counts: Fact::from_known(counts),
        value,
        adjustable: attrs.boolean("adjustable"),
        is_default: Fact::Known(false),
        service,
        code,
    }));
}
