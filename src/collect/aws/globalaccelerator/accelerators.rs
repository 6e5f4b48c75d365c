//! Accelerators and their listeners.

use aws_sdk_globalaccelerator::types::{Accelerator, Listener};

use super::super::Context;
use super::super::read::{moment, sorted};
use super::common::{ACCELERATOR, LISTENER};
use crate::collect::routes::port_range;
use crate::model::{Fact, Kind, Place, Rel, Resource, Shared, Status, Traffic};
use crate::providers::aws::names::host;

pub(super) fn normalize(accelerator: &Accelerator, cx: &Context) -> Resource {
    let name = accelerator.name().unwrap_or_default();
    let arn = accelerator.accelerator_arn().unwrap_or(name);
    let mut resource = Resource::new(Kind::of(ACCELERATOR), arn, name, Place::global(&cx.account));
    let enabled = Fact::from_known(accelerator.enabled());
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(accelerator.status().map(|status| status.as_str().to_lowercase())),
        // While it is deployed, its last version goes on.
        healthy: enabled,
        created_at: moment(accelerator.created_time()),
    }));
    let addresses = accelerator.ip_sets().iter().flat_map(|set| set.ip_addresses()).cloned();
    let aliases = accelerator.dual_stack_dns_name().map(host).into_iter().chain(addresses);
    resource.traffic = Some(Shared::from(Traffic {
        enabled,
        dns_name: Fact::from_known(accelerator.dns_name().map(host)),
        aliases: Fact::Known(sorted(aliases)),
        // It passes on what is encrypted as it is.
        certificates: Fact::Known(Vec::new()),
        // Its listeners and their groups say where it leads.
        routes: Fact::Absent,
        weighted_targets: Fact::Absent,
        ..Traffic::default()
    }));
    resource
}

pub(super) fn listener(accelerator: &Accelerator, listener: &Listener, cx: &Context) -> Resource {
    let protocol = listener.protocol().map(|protocol| protocol.as_str().to_lowercase());
    let ports = sorted(listener.port_ranges().iter().filter_map(|it| port_range(it.from_port()?, it.to_port()?)));
    let name =
        [accelerator.name(), protocol.as_deref(), Some(&ports.join(","))].map(Option::unwrap_or_default).join(" ");
    let arn = listener.listener_arn().unwrap_or(&name);
    let mut resource = Resource::new(Kind::of(LISTENER), arn, name.as_str(), Place::global(&cx.account));
    // Only accelerators have tags.
    resource.tags = Fact::Known(Default::default());
    resource.link(Rel::MemberOf, accelerator.accelerator_arn());
    resource.traffic = Some(Shared::from(Traffic {
        protocol: Fact::from_known(protocol),
        port_ranges: Fact::Known(ports),
        certificates: Fact::Known(Vec::new()),
        ..Traffic::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_globalaccelerator::types::{AcceleratorStatus, IpSet};
    use aws_smithy_types::DateTime;
    use serde_json::json;

    use super::super::common::tests;
    use super::*;

    #[test]
    fn an_accelerator_answers_to_names_and_addresses() {
        let found = Accelerator::builder()
            .accelerator_arn("arn:a")
            .name("shop")
            .enabled(true)
            .dns_name("A1.awsglobalaccelerator.com")
            .dual_stack_dns_name("A1.dualstack.awsglobalaccelerator.com")
            .ip_sets(IpSet::builder().ip_addresses("198.51.100.52").ip_addresses("192.0.2.250").build())
            .status(AcceleratorStatus::InProgress)
            .created_time(DateTime::from_secs(1_700_000_000))
            .build();
        let expected = json!({
            "id": "arn:a", "kind": "aws.globalaccelerator.accelerator", "name": "shop",
            "place": {"account": "111122223333", "region": null},
            "status": {"state": "in_progress", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "traffic": {
                "enabled": true, "dns_name": "a1.awsglobalaccelerator.com",
                "aliases": ["192.0.2.250", "198.51.100.52", "a1.dualstack.awsglobalaccelerator.com"],
                "certificates": [], "routes": null, "weighted_targets": null,
            },
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&found, &tests::context())).unwrap(), expected);
    }

    #[test]
    fn a_listener_is_called_by_its_accelerator_and_its_ports() {
        let found = listener(&tests::accelerator(), &tests::listener(), &tests::context());
        let expected = json!({
            "id": "arn:a/listener/l", "kind": "aws.globalaccelerator.listener", "name": "shop tcp 443,8000-8010",
            "place": {"account": "111122223333", "region": null}, "tags": {},
            "traffic": {"protocol": "tcp", "port_ranges": ["443", "8000-8010"], "certificates": []},
            "links": [{"rel": "member-of", "to": "arn:a"}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(found).unwrap(), expected);
    }
}
