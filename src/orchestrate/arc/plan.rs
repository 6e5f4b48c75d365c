//! A plan as it is read: workflows and their steps in the order in which they are run.

use super::super::findings::{Findings, Spot};
use super::super::json::{Node, Value};
use super::blocks::{BLOCKS, Block, PARALLEL, block};
use crate::config::Config;
use crate::providers::aws::names::{Arn, is_region};
use crate::text::{did_you_mean, list};

/// A plan as far as it could be read.
#[derive(Debug)]
pub(super) struct Plan<'n> {
    pub node: &'n Node,
    pub regions: Vec<&'n str>,
    /// Where the application runs as long as nothing happens: what the plan says, else what the recovery pairs say.
    primary: Option<&'n str>,
    pub workflows: Vec<Workflow<'n>>,
}

#[derive(Debug)]
pub(super) struct Workflow<'n> {
    pub spot: Spot,
    pub action: &'n str,
    /// None: it is for any region of the plan.
    pub region: Option<&'n str>,
    /// All of them, those in parallel blocks and the blocks themselves.
    pub steps: Vec<Step<'n>>,
}

#[derive(Debug)]
pub(super) struct Step<'n> {
    pub spot: Spot,
    /// None: there is no such type.
    pub kind: Option<&'static Block>,
    /// What its type reads. None: it is not there.
    pub configuration: Option<&'n Node>,
    /// Those with one number are run side by side.
    pub place: usize,
}

/// An ARN that a step names.
#[derive(Debug)]
pub(super) struct Named<'n> {
    pub text: &'n str,
    pub spot: Spot,
    /// The region that it is said to be for.
    pub region: Option<&'n str>,
    /// The role by which Region switch gets at it.
    pub role: Option<&'n Node>,
}

impl<'n> Plan<'n> {
    pub(super) fn text(&self, key: &str) -> Option<&'n str> {
        self.node.get(key)?.text()
    }

    pub(super) fn spot(&self, key: &str) -> Spot {
        Spot::of(self.node.get(key).unwrap_or(self.node), None)
    }

    /// The account of the plan: that of its ARN, else that of its role.
    pub(super) fn account(&self) -> Option<&'n str> {
        let of = |key| Arn::parse(self.text(key)?)?.known_account();
        of("arn").or_else(|| of("executionRole"))
    }

    pub(super) fn is_active_active(&self) -> bool {
        self.text("recoveryApproach") == Some("activeActive")
    }

    /// Where the application runs as long as nothing happens. None: nobody says so, or it runs in both.
    pub(super) fn primary(&self) -> Option<&'n str> {
        self.primary
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = (&Workflow<'n>, &Step<'n>)> {
        self.workflows.iter().flat_map(|workflow| workflow.steps.iter().map(move |step| (workflow, step)))
    }

    /// The regions that a workflow activates, without that in which the application runs anyway.
    pub(super) fn activated(&self, workflow: &Workflow<'n>) -> Vec<&'n str> {
        let wanted = self.regions.iter().copied().filter(|region| workflow.is_for(region));
        wanted.filter(|region| Some(*region) != self.primary()).collect()
    }

    /// The other region of the plan.
    pub(super) fn other(&self, region: &str) -> Option<&'n str> {
        self.regions.iter().copied().find(|other| *other != region)
    }
}

impl Workflow<'_> {
    /// It is executed for that region, whatever it does there.
    pub(super) fn is_for(&self, region: &str) -> bool {
        self.region.is_none_or(|own| own == region)
    }

    pub(super) fn activates(&self, region: &str) -> bool {
        self.action == "activate" && self.is_for(region)
    }
}

impl<'n> Step<'n> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.kind.is_some_and(|kind| kind.name == name)
    }

    /// A text of its configuration, and where it stands.
    pub(super) fn text(&self, key: &str) -> Option<(&'n str, Spot)> {
        let node = self.configuration?.get(key)?;
        Some((node.text()?, self.at(node)))
    }

    pub(super) fn at(&self, node: &Node) -> Spot {
        Spot::of(node, self.spot.step.as_deref())
    }

    pub(super) fn list(&self, key: &str) -> &'n [Node] {
        self.configuration.and_then(|it| it.get(key)?.list()).unwrap_or_default()
    }

    /// Texts of its configuration by region.
    pub(super) fn by_region(&self, key: &str) -> Vec<(&'n str, &'n Node)> {
        let members = self.configuration.and_then(|it| it.get(key)?.map()).unwrap_or_default();
        members.iter().map(|(region, node)| (region.as_str(), node)).collect()
    }

    /// Every ARN that it names but those of roles.
    pub(super) fn named(&self) -> Vec<Named<'n>> {
        let mut found = Vec::new();
        if let Some(node) = self.configuration.filter(|_| !self.is(PARALLEL)) {
            self.gather(node, None, None, &mut found);
        }
        found
    }

    fn gather(&self, node: &'n Node, region: Option<&'n str>, role: Option<&'n Node>, found: &mut Vec<Named<'n>>) {
        match &node.value {
            Value::Text(text) if text.starts_with("arn:") => {
                found.push(Named { text, spot: self.at(node), region, role });
            }
            Value::List(items) => items.iter().for_each(|item| self.gather(item, region, role, found)),
            Value::Map(members) => {
                let role = node.get("crossAccountRole").or(role);
                for (key, member) in members.iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str())) {
                    let of_key = is_region(key).then_some(key.as_str());
                    self.gather(member, of_key.or(region), role, found);
                }
            }
            _ => {}
        }
    }
}

/// What names no resource that is switched.
const LEFT_OUT: &[&str] = &["crossAccountRole", "externalId", "approvalRole", "payload", "parameters"];

/// Reads regions, workflows and steps. What is wrong with the types of steps becomes a finding.
pub(super) fn read<'n>(node: &'n Node, config: &Config, out: &mut Findings) -> Plan<'n> {
    let regions = node.get("regions").and_then(Node::list).unwrap_or_default();
    let regions: Vec<&str> = regions.iter().filter_map(Node::text).collect();
    let workflows = node.get("workflows").and_then(Node::list).unwrap_or_default();
    Plan {
        node,
        primary: node.get("primaryRegion").and_then(Node::text).or_else(|| source(node, &regions, config)),
        regions,
        workflows: workflows.iter().map(|workflow| read_workflow(workflow, out)).collect(),
    }
}

/// Of two regions, the one that comes back in the other and not the other way round. Where it runs in both, neither is it.
fn source<'n>(node: &Node, regions: &[&'n str], config: &Config) -> Option<&'n str> {
    let is_active_active = node.get("recoveryApproach").and_then(Node::text) == Some("activeActive");
    let [one, other] = regions else { return None };
    let leads = |from: &str, to: &str| config.recovery.iter().any(|pair| pair.from == from && pair.to == to);
    match (leads(one, other), leads(other, one)) {
        _ if is_active_active => None,
        (true, false) => Some(one),
        (false, true) => Some(other),
        _ => None,
    }
}

fn read_workflow<'n>(node: &'n Node, out: &mut Findings) -> Workflow<'n> {
    let mut steps = Vec::new();
    for (place, step) in node.get("steps").and_then(Node::list).unwrap_or_default().iter().enumerate() {
        read_step(step, place, false, &mut steps, out);
    }
    Workflow {
        spot: Spot::of(node, None),
        action: node.get("workflowTargetAction").and_then(Node::text).unwrap_or_default(),
        region: node.get("workflowTargetRegion").and_then(Node::text),
        steps,
    }
}

fn read_step<'n>(node: &'n Node, place: usize, inside: bool, steps: &mut Vec<Step<'n>>, out: &mut Findings) {
    let spot = Spot::of(node, node.get("name").and_then(Node::text));
    let kind = kind(node, &spot, out);
    let all = node.get("executionBlockConfiguration");
    let configuration = kind.and_then(|kind| all?.get(kind.configuration));
    if let (Some(kind), Some(all), None) = (kind, all, configuration) {
        let given = all.map().and_then(|members| members.first()).map(|(key, _)| key.as_str());
        if let Some(given) = given.filter(|given| BLOCKS.iter().any(|block| block.configuration == *given)) {
            let message = format!("'{given}' is not what {} reads: the call is refused", kind.name);
            out.fatal(
                "other-configuration",
                &Spot::of(all, spot.step.as_deref()),
                message,
                format!("write '{}'", kind.configuration),
            );
        }
    }
    let is_parallel = kind.is_some_and(|kind| kind.name == PARALLEL);
    if is_parallel && inside {
        let message = "a parallel block in a parallel block: what is inside is run side by side anyway";
        out.fatal("parallel-in-parallel", &spot, message, "put its steps into the outer block");
    }
    steps.push(Step { spot, kind, configuration, place });
    if let Some(inner) = configuration.filter(|_| is_parallel && !inside) {
        for step in inner.get("steps").and_then(Node::list).unwrap_or_default() {
            read_step(step, place, true, steps, out);
        }
    }
}

fn kind(node: &Node, spot: &Spot, out: &mut Findings) -> Option<&'static Block> {
    let written = node.get("executionBlockType")?;
    let name = written.text()?;
    let kind = block(name);
    if kind.is_none() {
        let loosely = BLOCKS.iter().find(|known| known.name.eq_ignore_ascii_case(name));
        let names = || BLOCKS.iter().map(|known| known.name);
        let hint =
            loosely.map_or_else(|| did_you_mean(name, names()), |known| format!(" (did you mean '{}'?)", known.name));
        let message = format!("there is no type of steps '{name}'{hint}: the call is refused");
        let all: Vec<String> = names().map(str::to_owned).collect();
        out.fatal(
            "unknown-block-type",
            &Spot::of(written, spot.step.as_deref()),
            message,
            format!("write one of {}", list(&all)),
        );
    }
    kind
}
