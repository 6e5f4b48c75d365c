//! Layers of code that functions share. Each has versions; what matters is that there is one.

use aws_sdk_lambda::types::LayersListItem;

use super::super::Context;
use super::common::LAYER;
use crate::model::{Fact, Kind, Resource};

pub(super) fn normalize(layer: &LayersListItem, cx: &Context) -> Resource {
    let name = layer.layer_name().unwrap_or_default();
    let mut resource = Resource::new(Kind::of(LAYER), layer.layer_arn().unwrap_or(name), name, cx.place());
    // They have none.
    resource.tags = Fact::Known(Default::default());
    resource
}
