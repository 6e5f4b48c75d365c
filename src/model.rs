//! The model: what one resource is, in words that hold for every provider. It knows no other stage.

mod basic;
mod coverage;
mod document;
mod evidence;
mod facets;
mod fact;
mod inventory;
mod joins;
mod lines;
mod notice;
mod planned;
mod severity;
mod shared;
mod stacks;
mod titles;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::kinds::{Class, Confidence, EdgeClass, KINDS, Kind, KindInfo, Rel};
pub(crate) use crate::kinds::{First, Rule};
pub use basic::{Tags, Timestamp};
pub use coverage::{Coverage, CoverageStatus};
pub use document::{Document, Gap, Part, SECTIONS};
pub use evidence::{MEASURED, SEEN_RUNNING_ONLY};
pub use facets::*;
pub use fact::Fact;
pub use inventory::{Header, Inventory, InventoryError, SCHEMA_VERSION, unpacked};
pub use joins::{Joins, Linked};
pub use notice::{Notice, NoticeLevel};
pub use planned::Planned;
pub use severity::{FailOn, GateScope, Pattern, Severity};
pub use shared::Shared;
pub use stacks::Doubled;
pub(crate) use stacks::weight;
pub use titles::{Unit, is_fact, not_known, title, unit};

/// How far back restore jobs are read, days: a year, which is the longest that regulations allow between two tests, and
/// a month of grace. What lies before it is not known, so it neither counts as a test nor as the lack of one.
pub const RESTORE_JOB_DAYS: u32 = 400;

/// What is marked as not known where a resource takes on a role, and which one that is cannot be told: no fact but a link
/// says it.
pub const ROLES_TAKEN_ON: &str = "links.assumes";

/// Where a resource is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// Account, subscription or project. Unknown in a plan that does not say.
    #[serde(skip_serializing_if = "Fact::is_unknown")]
    pub account: Fact<String>,
    /// Region. Absent for what lives once an account.
    #[serde(skip_serializing_if = "Fact::is_unknown")]
    pub region: Fact<String>,
}

impl Place {
    /// A known account and region.
    pub fn new(account: &str, region: &str) -> Self {
        Self { account: Fact::Known(account.to_owned()), region: Fact::Known(region.to_owned()) }
    }

    /// The place of what lives once an account.
    pub fn global(account: &str) -> Self {
        Self { account: Fact::Known(account.to_owned()), region: Fact::Absent }
    }
}

/// A typed edge to another resource, as the provider or the code states it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What the resource is to the other one.
    pub rel: Rel,
    /// Id of the other resource: its ARN, else its bare name or id in the same place, else its Terraform address.
    pub to: String,
    /// Which part of the resource says so, where one resource has several parts that could: `container api, secret
    /// DB_PASSWORD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Box<str>>,
}

/// Where the facts of a resource came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// `aws`, `terraform-plan`, `terraform-state`, or the name of another source.
    pub source: String,
    /// Terraform address, indexes included: `module.db.aws_db_instance.main["a"]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Which of the plans or states of the run it stands in, as in `stacks/orders`. Only where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<String>,
    /// Terraform type, as it stands in the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terraform_type: Option<String>,
    /// Which Terraform attribute a fact came from: `backup.retention_days` → `backup_retention_period`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// File of the resource's block, relative to the source directory, if it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Lines of its attributes in that file: `backup_retention_period` → 41. For a downloaded module that file holds
    /// the call, and these are the lines of the arguments that set the attributes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<String, u32>,
    /// The same, from where to where. Filled with `lines`; never in an inventory file.
    #[serde(skip)]
    pub extents: BTreeMap<String, Extent>,
    /// Facts that another plan of the run changes, by parts of the resource that it manages, and where it says so. Never in
    /// an inventory file.
    #[serde(skip)]
    pub said_at: BTreeMap<String, Self>,
}

impl Origin {
    /// The Terraform address. With several plans it has the stack in front, because they may use the same address.
    pub fn scoped_address(&self) -> Option<Cow<'_, str>> {
        let address = self.address.as_deref()?;
        Some(scoped(self.stack.as_deref(), address))
    }
}

/// An address as it is unique in a run: `aws_db_instance.main`, or `stacks/orders/aws_db_instance.main`.
pub fn scoped<'a>(stack: Option<&str>, address: &'a str) -> Cow<'a, str> {
    stack.map_or(Cow::Borrowed(address), |stack| Cow::Owned(format!("{stack}/{address}")))
}

/// A line of a file. Lines and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Relative to the source directory, with `/`.
    pub file: String,
    /// Line in that file, from 1.
    pub line: u32,
    /// From where to where it goes, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// For code in a downloaded module: where that module is called is `file`, and this is the line in the module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<Box<Self>>,
}

/// A piece of a file: an attribute, or a block from its header to its closing brace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    /// First line, from 1.
    pub line: u32,
    /// Column of its first character, from 1.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column behind its last character.
    pub end_column: u32,
}

/// What a plan does to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// It stays as it is.
    NoOp,
    /// It is not there yet.
    Create,
    /// It is changed in place.
    Update,
    /// It is deleted and created anew, in either order.
    Replace,
    /// It is taken away.
    Delete,
    /// Terraform stops to manage it; it stays where it is.
    Forget,
}

impl Action {
    /// As it is written in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoOp => "no-op",
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
            Self::Forget => "forget",
        }
    }
}

/// The change that a plan makes to a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What is done to it.
    pub action: Action,
    /// Attributes that force the replacement, dotted. `replace_paths`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replace_paths: Vec<String>,
    /// It is taken under management by this plan. `importing`.
    #[serde(default)]
    pub importing: bool,
    /// Its address before a move. `previous_address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

impl Change {
    /// That action, and nothing else to say of it.
    pub fn of(action: Action) -> Self {
        Self { action, replace_paths: Vec::new(), importing: false, moved_from: None }
    }
}

/// One resource: an envelope, the facets that its kind has, and its links.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// ARN, or the Terraform address where the ARN is not known yet, with its stack in front where there are several.
    /// Unique in an inventory.
    pub id: String,
    /// What it is: `aws.rds.instance`.
    pub kind: Kind,
    /// The identifier that people use.
    pub name: String,
    /// Account and region.
    #[serde(default)]
    pub place: Shared<Place>,
    /// Tags. Unknown if listing them was denied.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub tags: TagFact,
    /// Facet: whether it is in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Shared<Status>>,
    /// Facet: how its data is backed up, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<Shared<Backup>>,
    /// Facet: its part in keeping copies of live data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replication: Option<Shared<Replication>>,
    /// Facet: whether it survives the loss of a zone or an instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redundancy: Option<Shared<Redundancy>>,
    /// Facet: what its data is encrypted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encryption: Option<Shared<Encryption>>,
    /// Facet: what stands against deleting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protection: Option<Shared<Protection>>,
    /// Facet: how much of it there may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Shared<Capacity>>,
    /// Of databases and caches: engine, version, and what they are a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<Shared<Database>>,
    /// Of global clusters and datastores: their members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub global: Option<Shared<Global>>,
    /// Of encryption keys: state, aliases, replicas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Shared<Key>>,
    /// Of vaults and keys: whom their policies let do what a copy or a restore needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Shared<Access>>,
    /// Of roles: what they trust, and what pins them to a region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Shared<Role>>,
    /// Of backup plans: rules and copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Shared<Plan>>,
    /// Of whatever can be restored from: of what it is, and how old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_point: Option<Shared<RecoveryPoint>>,
    /// Of copy, restore and restore-testing jobs: what came of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<Shared<Job>>,
    /// Of vaults: what type they are, and who else gets at them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vault: Option<Shared<Vault>>,
    /// Of plans that restore for a test: when, from where, and what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_testing: Option<Shared<RestoreTesting>>,
    /// Of clusters and what runs in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kubernetes: Option<Shared<Kubernetes>>,
    /// Where in the network it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Shared<Network>>,
    /// Of security groups and network ACLs: what they let through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firewall: Option<Shared<Firewall>>,
    /// Of route tables: where traffic goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing: Option<Shared<Routing>>,
    /// Of load balancers, their listeners and groups of targets, and of edges: how requests get through them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Shared<Traffic>>,
    /// How it is checked whether something answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_check: Option<Shared<HealthCheck>>,
    /// Of certificates: names, expiry, renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Shared<Certificate>>,
    /// Of switches by which people send requests elsewhere: where they are flipped, and what the rules about them are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch: Option<Shared<Switch>>,
    /// Of zones and records: names, and where they lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<Shared<Dns>>,
    /// Of what runs code: images, places that it is told of, logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<Shared<Workload>>,
    /// Of secrets: replicas, rotation, deletion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Shared<Secret>>,
    /// Of parameters: how they are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<Shared<Parameter>>,
    /// Of image registries: where they are replicated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<Shared<Registry>>,
    /// Of image repositories: images and tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<Shared<Repository>>,
    /// Of log groups: how long logs are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Shared<Log>>,
    /// Of service quotas: how much there may be of what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Shared<Quota>>,
    /// Of warnings of quotas: which quota is too low, and by whose word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_warning: Option<Shared<QuotaWarning>>,
    /// Of plans by which people leave a region: what they say, and what the provider found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_plan: Option<Shared<RegionPlan>>,
    /// Of what was measured: how far a copy is behind, and what waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<Shared<Measurement>>,
    /// Of an organization's policies: what they forbid which accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard_rail: Option<Shared<GuardRail>>,
    /// Of images of machines: where they are from, and what their disks are made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_image: Option<Shared<MachineImage>>,
    /// Of a region: the types of machines that it offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_types: Option<Shared<MachineTypes>>,
    /// Of machines that are kept free: how many, and of which type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Shared<Reservation>>,
    /// Of the drills of an application: what the record of them tells. Never in an inventory file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drills: Option<Shared<Drills>>,
    /// Typed edges to other resources.
    #[serde(default, skip_serializing_if = "has_none")]
    pub links: Shared<Vec<Link>>,
    /// Why facts are unknown, by path: `encryption.key` → `kms:DescribeKey denied`. A path whose fact has a value all
    /// the same is known in part: the list may be longer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unknown: BTreeMap<String, String>,
    /// Where its facts came from.
    #[serde(default)]
    pub origin: Shared<Origin>,
    /// What a plan does to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Box<Change>>,
    /// The resource before that change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<Self>>,
    /// Filled by the link stage; never in an inventory file.
    // Shared, because what is kept of it for a whole estate is the same for many resources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Arc<Joined>>,
}

fn has_none(links: &Shared<Vec<Link>>) -> bool {
    links.is_empty()
}

impl Resource {
    /// An empty resource: every fact is unknown.
    pub fn new(kind: Kind, id: impl Into<String>, name: impl Into<String>, place: impl Into<Shared<Place>>) -> Self {
        Self {
            id: id.into(),
            kind,
            name: name.into(),
            place: place.into(),
            tags: Fact::Unknown,
            status: None,
            backup: None,
            replication: None,
            redundancy: None,
            encryption: None,
            protection: None,
            capacity: None,
            database: None,
            global: None,
            key: None,
            access: None,
            role: None,
            plan: None,
            recovery_point: None,
            job: None,
            vault: None,
            restore_testing: None,
            kubernetes: None,
            network: None,
            firewall: None,
            routing: None,
            traffic: None,
            health_check: None,
            certificate: None,
            switch: None,
            dns: None,
            workload: None,
            secret: None,
            parameter: None,
            registry: None,
            repository: None,
            log: None,
            quota: None,
            quota_warning: None,
            switch_plan: None,
            measurement: None,
            guard_rail: None,
            machine_image: None,
            machine_types: None,
            reservation: None,
            drills: None,
            links: Shared::default(),
            unknown: BTreeMap::new(),
            origin: Shared::default(),
            change: None,
            before: None,
            joined: None,
        }
    }

    /// Its account, if known.
    pub fn account(&self) -> Option<&str> {
        self.place.account.text()
    }

    /// Its region, if known and if it has one.
    pub fn region(&self) -> Option<&str> {
        self.place.region.text()
    }

    /// Adds a typed edge, if its target is known and it is not there yet.
    pub fn link(&mut self, rel: Rel, to: Option<impl Into<String>>) {
        self.link_from(rel, to, None);
    }

    /// The same, with the part of the resource that says so.
    pub fn link_from(&mut self, rel: Rel, to: Option<impl Into<String>>, at: Option<&str>) {
        let link = to.map(|to| Link { rel, to: to.into(), at: at.map(Box::from) });
        if let Some(link) = link.filter(|link| !self.links.contains(link)) {
            debug_assert!(self.kind.info().has(rel), "{} declares no {rel:?}", self.kind);
            self.links.push(link);
        }
    }

    /// Targets of its edges of that type.
    pub fn links_to(&self, rel: Rel) -> impl Iterator<Item = &str> {
        self.links.iter().filter(move |link| link.rel == rel).map(|link| link.to.as_str())
    }

    /// Says why a fact is not known, or known in part only.
    pub fn mark_unknown(&mut self, path: &str, reason: impl Into<String>) {
        self.unknown.entry(path.to_owned()).or_insert_with(|| reason.into());
    }

    /// Code alone speaks of it: nobody has seen it run. Over the live estate, that is what the plan makes or makes anew.
    pub fn is_declared(&self) -> bool {
        self.origin.source.starts_with("terraform")
    }

    /// Some of its facts are what a plan will make of them.
    pub fn is_planned(&self) -> bool {
        let action = self.change.as_ref().map(|change| change.action);
        matches!(action, Some(Action::Create | Action::Update | Action::Replace))
    }

    /// A plan takes it away.
    pub fn is_deleted(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.action == Action::Delete)
    }
}
