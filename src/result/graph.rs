//! The graph of an estate: what each resource is to others.

use serde::Serialize;

use crate::model::{Confidence, EdgeClass, Resource};

/// Resources, and the edges between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// Sorted by id.
    pub resources: Vec<GraphResource>,
    /// Sorted by where they start, what they are, and where they end.
    pub edges: Vec<GraphEdge>,
    /// Ids of the resources that were asked for. Empty: all were.
    pub asked: Vec<String>,
}

/// A resource of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GraphResource {
    /// ARN, or the Terraform address where the ARN is not known.
    pub id: String,
    /// `aws.ecs.service`.
    pub kind: String,
    /// What that is, for people: `ECS service`.
    pub title: String,
    /// The identifier that people use.
    pub name: String,
    /// Empty where unknown.
    pub account: String,
    /// Empty where unknown, or where it lives once an account.
    pub region: String,
}

impl From<&Resource> for GraphResource {
    fn from(resource: &Resource) -> Self {
        Self {
            id: resource.id.clone(),
            kind: resource.kind.name().to_owned(),
            title: resource.kind.info().title.to_owned(),
            name: resource.name.clone(),
            account: resource.account().unwrap_or_default().to_owned(),
            region: resource.region().unwrap_or_default().to_owned(),
        }
    }
}

/// An edge of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GraphEdge {
    /// Id of the resource where it starts.
    pub from: String,
    /// What the other end is to that: `connects-to`; `counterpart` where it stands in for it in the recovery place,
    /// `backed-up-by` where it is a plan that selects it.
    pub rel: String,
    /// Id of the resource where it ends; of what is not among the resources, as the start names it.
    pub to: String,
    /// What the edge is for.
    pub class: EdgeClass,
    /// How it is known.
    pub confidence: Confidence,
    /// The fact that says so, of either end. `links` is what the provider or the code states.
    pub field: String,
    /// The part of the resource that says so, where several could: `container api, environment DB_HOST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// It leads to nothing that is among the resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dangling: Option<Dangling>,
}

/// Where an edge leads to nothing that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dangling {
    /// What kind of thing it would be, for people: `security group`. Absent: its name does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// It is not there: the plan takes it away, or everything of its kind was listed where it would be. False: unknown.
    pub gone: bool,
    /// Why it is not known whether it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
