//! What Region switch itself says of a plan, beside what we say.

use super::super::findings::Findings;
use super::super::look::{Look, why};
use super::plan::Plan;
use crate::model::{Fact, Kind, PlanWarning, Resource, Timestamp};
use crate::result::{AwsWarning, Evaluation, PayloadFinding, Weight};
use crate::text::{count, list};

/// Findings that Region switch, too, could come to when it evaluates a plan. It does not look at the others.
const LOOKED_AT: &[&str] = &[
    "no-concurrency",
    "no-health-check",
    "no-instance",
    "not-a-member",
    "not-a-replica",
    "not-available",
    "not-there",
    "option-group-shared",
    "source-without-backups",
    "too-small",
    "versions-differ",
];

pub(super) fn beside(plan: &Plan<'_>, look: &Look<'_>, now: Timestamp, out: &mut Findings) -> Option<Evaluation> {
    let arn = plan.text("arn")?;
    let quotas = quotas(look, arn);
    let found = look.all().map(|(_, it)| it).find(|it| it.kind == Kind::of("aws.arcregionswitch.plan") && it.id == arn);
    let facts = found.and_then(|it| Some((it, it.switch_plan.as_deref()?)));
    let Some((resource, facts)) = facts else {
        let at = plan.spot("arn");
        let message = "what Region switch itself finds in the plan is not known: the estate does not have it";
        out.doubt("evaluation-not-seen", &at, message, "let it be collected, or see get-plan-evaluation-status");
        return (!quotas.is_empty()).then(|| Evaluation { quotas, ..Evaluation::default() });
    };
    let active = facts.warnings.known().into_iter().flatten().filter(|warning| warning.active != Fact::Known(false));
    let warnings: Vec<AwsWarning> = active.map(|warning| beside_ours(warning, look, &out.all)).collect();
    let mut differences = differences(plan, resource, &out.all, &warnings);
    if let Some(at) = facts.evaluated_at.known().filter(|_| facts.warnings.is_known()) {
        let age = u64::try_from(now.as_second() - at.as_second()).unwrap_or_default();
        if age > STALE {
            differences
                .push(format!("it looked {} ago: what has changed since, it has not seen", crate::text::duration(age)));
        }
    }
    for warning in warnings.iter().filter(|warning| warning.ours.starts_with(NOTHING)) {
        let at = plan
            .steps()
            .find(|(_, step)| step.spot.step.is_some() && step.spot.step == warning.step)
            .map_or_else(|| plan.spot("arn"), |(_, step)| step.spot.clone());
        let message = format!("Region switch warns: {}", warning.message);
        out.open("aws-warns", &at, message, "see to what it says; we do not know of it");
    }
    Some(Evaluation {
        state: facts.evaluation.text().map(str::to_owned),
        at: facts.evaluated_at.known().copied(),
        version: facts.evaluated_version.text().map(str::to_owned),
        warnings,
        quotas,
        differences,
    })
}

/// Region switch looks several times an hour.
const STALE: u64 = 2 * 3_600;

const NOTHING: &str = "nothing";

/// What we say of what it warns of.
fn beside_ours(warning: &PlanWarning, look: &Look<'_>, all: &[PayloadFinding]) -> AwsWarning {
    let step = warning.step.text().map(str::to_owned);
    let resource = warning.resource.text().map(str::to_owned);
    let same = |found: &&PayloadFinding| step.is_some() && found.step == step && found.weight != Weight::Unknown;
    let ids: Vec<String> = {
        let mut ids: Vec<String> = all.iter().filter(same).map(|found| found.id.to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let ours = match (&resource, ids.is_empty()) {
        (_, false) => format!("the same step has {}", list(&ids)),
        (Some(arn), true) if !look.all().any(|(_, it)| it.id == *arn) => {
            format!("{NOTHING}: '{arn}' was not collected")
        }
        (_, true) => format!(
            "{NOTHING}: no fact of the inventory tells it (what roles may do, and what runs inside of clusters, is not read)"
        ),
    };
    AwsWarning { step, resource, message: warning.message.text().unwrap_or_default().to_owned(), ours }
}

fn differences(plan: &Plan<'_>, resource: &Resource, all: &[PayloadFinding], warnings: &[AwsWarning]) -> Vec<String> {
    let mut told = Vec::new();
    let Some(facts) = resource.switch_plan.as_deref() else { return told };
    let state = match &facts.evaluation {
        Fact::Known(state) => state.as_str(),
        _ => {
            told.push(format!("its evaluation is not known: {}", why(resource, "switch_plan.evaluation")));
            return told;
        }
    };
    if let (Some(own), Some(evaluated)) = (plan.text("version"), facts.evaluated_version.text())
        && own != evaluated
    {
        told.push(format!("it evaluated version {evaluated}, and this is version {own}"));
    }
    let fatal: Vec<&PayloadFinding> = all.iter().filter(|found| found.weight == Weight::Fatal).collect();
    let (both, ours): (Vec<&PayloadFinding>, Vec<&PayloadFinding>) =
        fatal.into_iter().partition(|found| LOOKED_AT.contains(&found.id));
    let ids = |found: &[&PayloadFinding]| {
        let mut ids: Vec<String> = found.iter().map(|found| found.id.to_owned()).collect();
        ids.sort();
        ids.dedup();
        list(&ids)
    };
    if !ours.is_empty() {
        told.push(format!(
            "{} it cannot find, for it does not look at that: {}",
            count(ours.len(), "fatal finding"),
            ids(&ours)
        ));
    }
    if state == "passed" && !both.is_empty() {
        told.push(format!(
            "it passed the plan, and we find {}: one of both looks at an older state, or at other resources",
            ids(&both)
        ));
    }
    if state == "passed" && !warnings.is_empty() {
        told.push("it passed the plan and warns all the same".to_owned());
    }
    if state == "actionrequired" && warnings.is_empty() {
        told.push("it asks for something to be done, and its warnings were not read".to_owned());
    }
    told
}

fn quotas(look: &Look<'_>, arn: &str) -> Vec<String> {
    let mut told: Vec<String> = look
        .all()
        .filter_map(|(_, it)| {
            let warning = it.quota_warning.as_deref().filter(|warning| warning.plan.text() == Some(arn))?;
            let what = warning.quota.text().or(warning.code.text()).unwrap_or("a quota");
            let state = warning.state.text().unwrap_or("not known");
            Some(match warning.too_low {
                Fact::Known(true) => format!("{what} in {} is too low ({state})", it.region().unwrap_or("?")),
                _ => format!("{what} in {} could not be checked ({state})", it.region().unwrap_or("?")),
            })
        })
        .collect();
    told.sort();
    told
}
