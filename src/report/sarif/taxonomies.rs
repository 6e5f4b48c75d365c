//! Frameworks as taxonomies of SARIF: a requirement is a taxon, and rules and results say which they are about. What a
//! requirement comes to stands in its properties, because no result is about one that is manual.

use serde_json::{Value, json};
use serde_sarif::sarif;

use super::rules::bag;
use crate::report::requirements::not_seen;
use crate::result::{EvidenceShare, FrameworkReport, Report, RequirementReport};
use crate::text::{clean, clip};

/// Longest text, in characters.
const TEXT: usize = 1_000;

fn short(text: &str) -> String {
    clip(&clean(text), TEXT).into_owned()
}

fn text(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(short(text)).build()
}

fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or_default()
}

/// All of them, if there are any.
pub(super) fn taxonomies(report: &Report) -> Option<Vec<sarif::ToolComponent>> {
    let all: Vec<_> = report.frameworks.iter().map(|framework| taxonomy(report, framework)).collect();
    (!all.is_empty()).then_some(all)
}

/// What the driver says of them.
pub(super) fn supported(report: &Report) -> Option<Vec<sarif::ToolComponentReference>> {
    let all: Vec<_> = (0..report.frameworks.len()).map(|at| component(report, at)).collect();
    (!all.is_empty()).then_some(all)
}

/// Requirements, as relations of the rule that answers them.
pub(super) fn relationships(taxa: &Taxa) -> Option<Vec<sarif::ReportingDescriptorRelationship>> {
    let related = taxa.as_ref()?.iter().map(|target| {
        let kinds = vec!["relevant".to_owned()];
        sarif::ReportingDescriptorRelationship::builder().target(target.clone()).kinds(kinds).build()
    });
    Some(related.collect())
}

/// The requirements that a policy answers, if there are any.
pub(super) type Taxa = Option<Vec<sarif::ReportingDescriptorReference>>;

/// Those of every policy.
pub(super) fn taxa(report: &Report) -> Vec<Taxa> {
    (0..report.policies.len()).map(|policy| answered(report, policy)).collect()
}

fn answered(report: &Report, policy: usize) -> Taxa {
    let mut taxa = Vec::new();
    for (at, framework) in report.frameworks.iter().enumerate() {
        let answered = framework.requirements.iter().enumerate().filter(|(_, one)| one.policies.contains(&policy));
        taxa.extend(answered.map(|(index, requirement)| {
            sarif::ReportingDescriptorReference::builder()
                .id(short(&requirement.id))
                .index(number(index))
                .tool_component(component(report, at))
                .build()
        }));
    }
    (!taxa.is_empty()).then_some(taxa)
}

fn component(report: &Report, at: usize) -> sarif::ToolComponentReference {
    let name = report.frameworks.get(at).map(|framework| short(&framework.id)).unwrap_or_default();
    sarif::ToolComponentReference::builder().name(name).index(number(at)).build()
}

fn taxonomy(report: &Report, framework: &FrameworkReport) -> sarif::ToolComponent {
    let mut component = sarif::ToolComponent::builder()
        .name(short(&framework.id))
        .short_description(text(&framework.title))
        // It has what bears on recovery, not all of the framework.
        .is_comprehensive(false)
        .taxa(framework.requirements.iter().map(|one| taxon(report, one)).collect::<Vec<_>>())
        .build();
    component.version = Some(short(&framework.edition)).filter(|edition| !edition.is_empty());
    component.information_uri = framework.urls.iter().find(|url| super::rules::is_link(url)).cloned();
    component
}

fn taxon(report: &Report, requirement: &RequirementReport) -> sarif::ReportingDescriptor {
    let policies = requirement.policies.iter().filter_map(|at| report.policies.get(*at));
    let mut properties = vec![
        ("coverage", json!(requirement.coverage)),
        ("outcome", json!(requirement.outcome)),
        ("meaning", json!(requirement.outcome.meaning())),
        ("policies", json!(policies.map(|policy| policy.id.as_str()).collect::<Vec<_>>())),
        ("verdicts", json!(requirement.verdicts)),
        ("evidence", json!(requirement.evidence.iter().map(evidence).collect::<Vec<_>>())),
    ];
    if !requirement.rest.is_empty() {
        properties.push(("rest", json!(short(&requirement.rest))));
    }
    properties.extend(not_seen(requirement).map(|text| ("notSeen", json!(short(&text)))));
    let numbers =
        [("policiesLeftOut", requirement.left_out), ("questionsForTheRunningEstate", requirement.for_the_running)];
    properties
        .extend(numbers.into_iter().filter(|(_, number)| *number > 0).map(|(name, number)| (name, json!(number))));
    properties.extend(requirement.is_part.then_some(("onlyAPartOfTheEstate", json!(true))));
    sarif::ReportingDescriptor::builder()
        .id(short(&requirement.id))
        .short_description(text(&requirement.title))
        .properties(bag(properties))
        .build()
}

fn evidence(share: &EvidenceShare) -> Value {
    let mut value = json!({"kind": share.kind, "verdicts": share.verdicts});
    if let Some(oldest) = share.oldest {
        value["oldest"] = json!(oldest);
    }
    if let Some(until) = share.until {
        value["until"] = json!(until);
    }
    value
}
