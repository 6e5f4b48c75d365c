//! Cloud Control lists and reads whatever CloudFormation can make, and answers in its words: for services of which the
//! configuration is enough. A service is a row of types, each with what is made of its properties.
//!
//! Cloud Control asks the service as the caller, who needs the permissions of both. It takes a call a resource, and tells no
//! state but that which stands in the schema of a type.

mod properties;

use aws_sdk_cloudcontrol::Client;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde_json::{Map, Value};

use super::read::{Listing, list, together};
use super::{Collector, Context, Sink, Spec, Trouble, TroubleClass, client};
use crate::model::{Place, Resource};
pub(super) use properties::Properties;

const LIST: &str = "cloudformation:ListResources";
const GET: &str = "cloudformation:GetResource";

/// Why the state of a resource is not known.
pub(super) const NO_STATE: &str = "Cloud Control does not tell it";

/// A service that is read by Cloud Control.
pub(crate) struct Service {
    pub(super) spec: &'static Spec,
    pub(super) types: &'static [Type],
}

/// A type of CloudFormation that can be listed.
pub(super) struct Type {
    /// `AWS::Redshift::Cluster`.
    pub name: &'static str,
    pub kind: &'static str,
    pub normalize: fn(&Properties<'_>, Place) -> Resource,
}

impl Collector for Service {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_cloudcontrol);
            for of in self.types {
                let pages = client.list_resources().type_name(of.name).into_paginator().items().send();
                let listed = out.listed(&[of.kind], registered(list(LIST, pages).await))?;
                let names = listed.iter().filter_map(|one| one.identifier());
                for read in together(names.map(|name| read(&client, of.name, name))).await {
                    match read {
                        Ok(properties) => out.push((of.normalize)(&Properties::of(&properties), cx.place())),
                        // It was deleted since.
                        Err(trouble) if trouble.class == TroubleClass::NotFound => {}
                        // What a list tells of it may be a part, and what is left out looks like what is off.
                        Err(trouble) => out.lost(&[of.kind], trouble),
                    }
                }
            }
            Ok(())
        }
        .boxed()
    }
}

/// A region that does not have the service does not know the type.
fn registered<T>(mut listing: Listing<T>) -> Listing<T> {
    if let Some(trouble) = listing.trouble.as_mut().filter(|trouble| trouble.reason.starts_with("TypeNotFound")) {
        trouble.class = TroubleClass::NotAvailable;
    }
    listing
}

async fn read(client: &Client, of: &str, name: &str) -> Result<Map<String, Value>, Trouble> {
    let answer = client.get_resource().type_name(of).identifier(name).send().await;
    let answer = answer.map_err(|error| Trouble::new(GET, &error))?;
    let text = answer.resource_description().and_then(|one| one.properties());
    text.and_then(|text| serde_json::from_str(text).ok()).ok_or_else(|| Trouble::empty(GET))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_a_region_does_not_know_is_not_to_be_had_there_and_other_errors_stay() {
        let of = |class, reason: &str| {
            let trouble = Trouble { action: LIST, class, reason: reason.to_owned() };
            let listing: Listing<()> = Listing { items: Vec::new(), trouble: Some(trouble) };
            registered(listing).trouble.map(|trouble| trouble.class)
        };
        assert_eq!(of(TroubleClass::NotFound, "TypeNotFoundException"), Some(TroubleClass::NotAvailable));
        let others = [
            (TroubleClass::NotFound, "ResourceNotFoundException"),
            (TroubleClass::Failed, "UnsupportedActionException"),
            (TroubleClass::Denied, "AccessDeniedException"),
            (TroubleClass::Throttled, "ThrottlingException"),
        ];
        others.into_iter().for_each(|(class, reason)| assert_eq!(of(class, reason), Some(class), "{reason}"));
    }
}
