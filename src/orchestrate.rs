//! Orchestrate: payloads of the AWS DR Orchestrator Framework, and plans of ARC Region switch. Can this one be run, and which one would
//! recover an application?
//!
//! The framework waits for its steps without a timeout: what fails leaves it running, and what it does not know it reports as
//! done. So a payload is looked at before.

pub mod arc;
mod back;
mod correct;
mod drafts;
mod failback;
mod failover;
mod findings;
mod forth;
mod framework;
mod generate;
mod imports;
mod json;
mod layers;
mod look;
mod payload;
mod place;
mod proofs;
mod replicas;
mod sources;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod wanted;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::link::{self, Joiner};
use crate::model::{Inventory, Timestamp};
use crate::providers::aws::names::partition;
use crate::result::Preflight;
pub use back::Given;
use findings::{Findings, Spot, Weighed};
pub use generate::payload as make;
use json::Node;
use look::Look;
use payload::Step;
use place::Here;
use types::{CACHE, Machine, PLANNED, PROMOTE, REPLICATE, SECONDARY, UNPLANNED};
pub use wanted::Wanted;

const NOT_LOOKED_AT: &str =
    "the framework's state machines, what the roles of its functions may do, and the framework in the other region";

/// Findings that the corrected payload does away with.
const CORRECTED: &[&str] = &[
    "article-shape",
    "import-form",
    "layer-number",
    "layer-too-large",
    "layers-out-of-order",
    "misspelt-type",
    "missing-name",
    "missing-parameter",
    "missing-parameters",
    "missing-resources",
    "missing-type",
    "not-a-text",
    "wrong-root",
];

/// What a preflight is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// It is to be run by FAILBACK, not by FAILOVER.
    pub failback: bool,
    /// The region in which it is to be run.
    pub region: Option<String>,
    /// Exports of CloudFormation there, by name. None: nobody asked.
    pub exports: Option<BTreeMap<String, String>>,
}

/// Exports by name, of what `aws cloudformation list-exports` prints. The error says why they cannot be read.
pub fn exports(text: &str) -> Result<BTreeMap<String, String>, String> {
    imports::exports(text)
}

/// Looks at a payload. Without an estate, nothing is known of what it names.
pub fn check(text: &str, asked: &Asked, config: &Config, estate: Option<(Inventory, Timestamp)>) -> Preflight {
    let machine = if asked.failback { Machine::Failback } else { Machine::Failover };
    let mut out = Findings::default();
    let root = match Node::parse(text) {
        Ok(root) => root,
        Err((line, why)) => {
            let at = Spot { pointer: String::new(), line, step: None };
            out.fatal("no-json", &at, format!("it is no JSON: {why}"), "mend it there");
            return finish(machine, Here::default(), &[], out, None);
        }
    };
    let layers = payload::read(&root, machine, &asked.exports, &mut out);
    let steps: Vec<&Step> = layers.iter().flatten().collect();
    let here = Here::of(asked.region.as_deref(), config, machine, &steps);
    steps.iter().for_each(|step| values::judge(step, &here, &mut out));
    if let Some(region) = here.region.as_deref().filter(|region| partition(region) != "aws") {
        let message = format!(
            "{region} is of another partition, and the framework writes ARNs of 'aws' only: it does not run there"
        );
        out.fatal("other-partition", &Spot::of(&root, None), message, "use another way to fail over");
    }
    if steps.iter().any(|step| step.kind.is_some()) {
        in_estate(&root, machine, &here, config, estate, &steps, &mut out);
    }
    let corrected = out.all.iter().any(|finding| CORRECTED.contains(&finding.id));
    let corrected = corrected.then(|| correct::correct(&root, machine)).flatten();
    out.sort();
    finish(machine, here, &layers, out, corrected)
}

fn in_estate(
    root: &Node,
    machine: Machine,
    here: &Here,
    config: &Config,
    estate: Option<(Inventory, Timestamp)>,
    steps: &[&Step],
    out: &mut Findings,
) {
    let at = Spot { pointer: String::new(), line: root.line, step: None };
    let Some((mut inventory, now)) = estate else {
        out.open(
            "no-estate",
            &at,
            "no estate was looked at: whether what it names is there is not known",
            "give an inventory (--estate FILE), or let it be collected",
        );
        return;
    };
    let Some(region) = &here.region else {
        out.open("region-not-known", &at, "in which region it is to be run is not known", "say it: --to REGION");
        return;
    };
    link::prepare(&mut inventory);
    inventory.sort();
    let joiner = Joiner::new(&inventory, config, now);
    let look = Look::new(&inventory, config, &joiner, here.account.as_deref());
    let run = framework::Run { machine, region, steps, imports: imports_something(root), spot: &at };
    framework::check(&look, &run, out);
    for step in steps {
        match machine {
            Machine::Failover => failover::check(&look, step, region, out),
            Machine::Failback => failback::check(&look, step, region, out),
        }
    }
}

fn imports_something(node: &Node) -> bool {
    node.text().is_some_and(|text| text.starts_with("!Import"))
        || node.list().unwrap_or_default().iter().any(imports_something)
        || node.map().unwrap_or_default().iter().any(|(_, member)| imports_something(member))
}

fn finish(
    machine: Machine,
    here: Here,
    layers: &[Vec<Step>],
    out: Findings,
    corrected: Option<crate::result::Payload>,
) -> Preflight {
    let Weighed { answer, fatal, risks, unknown } = out.weighed();
    let names: Vec<&str> = layers.iter().flatten().filter_map(|step| Some(step.kind?.name)).collect();
    Preflight {
        answer,
        machine: machine.word(),
        region: here.region,
        layers: layers.len(),
        steps: layers.iter().map(Vec::len).sum(),
        fatal,
        risks,
        unknown,
        findings: out.all,
        notes: notes(&names),
        not_looked_at: NOT_LOOKED_AT,
        corrected,
    }
}

/// What is so of the framework, whatever the payload says.
fn notes(names: &[&str]) -> Vec<&'static str> {
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
    let all = [
        (
            !names.is_empty(),
            "nothing times out: a step that fails leaves the run hanging, and later layers never start",
        ),
        (
            has(&[PLANNED, UNPLANNED, CACHE]),
            "success is reported without a look at who writes: see to that after the run",
        ),
        (has(&[PROMOTE]), "a promoted instance has no replica: the next failure of its region finds no second copy"),
        (has(&[UNPLANNED]), "the cluster is taken out of its global cluster: nothing stands by for it afterwards"),
        (
            has(&[REPLICATE]),
            "the new replica has the settings of the provider: parameter and option group, storage, Performance Insights, logs, tags, retention \
             and deletion protection are to be set again",
        ),
        (has(&[REPLICATE, SECONDARY]), "what is left of the old primary is deleted first"),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text).collect()
}
