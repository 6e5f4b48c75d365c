//! Kinds of Global Accelerator.

pub(super) const ACCELERATOR: &str = "aws.globalaccelerator.accelerator";

pub(super) const GROUP: &str = "aws.globalaccelerator.endpoint-group";

pub(super) const LISTENER: &str = "aws.globalaccelerator.listener";

#[cfg(test)]
pub(super) mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_globalaccelerator::types::{Accelerator, Listener, PortRange, Protocol};

    use super::super::super::Context;
    use crate::model::Timestamp;

    pub(in super::super) fn context() -> Context {
        Context::new("111122223333", "us-west-2", Timestamp::UNIX_EPOCH, SdkConfig::builder().build())
    }

    pub(in super::super) fn accelerator() -> Accelerator {
        Accelerator::builder().accelerator_arn("arn:a").name("shop").enabled(false).build()
    }

    pub(in super::super) fn listener() -> Listener {
        let range = |from, to| PortRange::builder().from_port(from).to_port(to).build();
        let listener = Listener::builder().listener_arn("arn:a/listener/l").protocol(Protocol::Tcp);
        listener.port_ranges(range(443, 443)).port_ranges(range(8000, 8010)).build()
    }
}
