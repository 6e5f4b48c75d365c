//! Plans of Region switch, and what it found when it evaluated them last.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_arcregionswitch::Client;
use aws_sdk_arcregionswitch::operation::get_plan_evaluation_status::GetPlanEvaluationStatusOutput;
use aws_sdk_arcregionswitch::types::{
    AbbreviatedExecution, AbbreviatedPlan, ExecutionAction, ExecutionState, Plan, ResourceWarning,
    ResourceWarningStatus, Step,
};

use super::super::read::{Listing, list, moment, sorted};
use super::super::values::tags;
use super::super::{Sink, Trouble};
use crate::model::{Fact, Kind, Place, PlanActivation, PlanWarning, RegionPlan, Resource, Shared};

/// A plan, and what only other calls tell.
pub(super) struct Looked {
    listed: AbbreviatedPlan,
    plan: Result<Option<Plan>, Trouble>,
    evaluation: Listing<GetPlanEvaluationStatusOutput>,
    tags: Result<HashMap<String, String>, Trouble>,
    executions: Listing<AbbreviatedExecution>,
}

pub(super) async fn look(client: &Client, listed: AbbreviatedPlan) -> Looked {
    let plan = client.get_plan().arn(listed.arn()).send().await;
    let pages = client.get_plan_evaluation_status().plan_arn(listed.arn()).into_paginator().send();
    let evaluation = list("arc-region-switch:GetPlanEvaluationStatus", pages).await;
    let pages = client.list_plan_executions().plan_arn(listed.arn()).into_paginator().items().send();
    let executions = list("arc-region-switch:ListPlanExecutions", pages).await;
    let tags = client.list_tags_for_resource().arn(listed.arn()).send().await;
    Looked {
        plan: plan.map(|answer| answer.plan).map_err(|error| Trouble::new("arc-region-switch:GetPlan", &error)),
        evaluation,
        tags: tags
            .map(|answer| answer.resource_tags.unwrap_or_default())
            .map_err(|error| Trouble::new("arc-region-switch:ListTagsForResource", &error)),
        executions,
        listed,
    }
}

pub(super) fn normalize(looked: Looked, kind: &str, out: &mut Sink) -> Resource {
    let Looked { listed, plan, evaluation, tags: own_tags, executions } = looked;
    let place = Place { account: listed.owner().into(), region: Fact::Absent };
    let mut resource = Resource::new(Kind::of(kind), listed.arn(), listed.name(), place);
    match own_tags {
        Ok(own) => resource.tags = tags(own.iter().map(|(name, value)| (Some(name.as_str()), Some(value.as_str())))),
        Err(trouble) => out.gap(&mut resource, "tags", trouble),
    }
    let said = |text: Option<&str>| Fact::from_read(text.map(str::to_owned));
    let mut facts = RegionPlan {
        version: said(listed.version()),
        regions: Fact::Known(sorted(listed.regions().iter().cloned())),
        primary_region: said(listed.primary_region()),
        approach: listed.recovery_approach().as_str().to_lowercase().into(),
        rto_minutes: Fact::from_read(
            listed.recovery_time_objective_minutes().and_then(|minutes| u64::try_from(minutes).ok()),
        ),
        execution_role: said(listed.execution_role()),
        ..RegionPlan::default()
    };
    match plan {
        Ok(Some(plan)) => {
            facts.children =
                Fact::Known(sorted(plan.workflows().iter().flat_map(|workflow| children(workflow.steps()))));
            facts.execution_role = plan.execution_role().into();
        }
        Ok(None) => out.gap(&mut resource, "switch_plan.children", Trouble::empty("arc-region-switch:GetPlan")),
        Err(trouble) => out.gap(&mut resource, "switch_plan.children", trouble),
    }
    evaluated(&mut facts, &evaluation.items);
    if let Some(trouble) = evaluation.trouble {
        facts.warnings = Fact::Unknown;
        match evaluation.items.is_empty() {
            true => out.gap_at(&mut resource, EVALUATION, trouble),
            false => out.gap(&mut resource, "switch_plan.warnings", trouble),
        }
    }
    match executions.trouble {
        None => facts.activations = Fact::Known(activations(&executions.items)),
        // What was not read may be newer than what was.
        Some(trouble) => out.gap(&mut resource, "switch_plan.activations", trouble),
    }
    resource.switch_plan = Some(Shared::from(facts));
    resource
}

/// The newest of each region that was completed. One that completed with exceptions has not done all that it was to do.
fn activations(executions: &[AbbreviatedExecution]) -> Vec<PlanActivation> {
    let mut newest: BTreeMap<&str, &AbbreviatedExecution> = BTreeMap::new();
    let done = [ExecutionState::Completed, ExecutionState::CompletedMonitoringApplicationHealth];
    for one in executions {
        let is_one = *one.execution_action() == ExecutionAction::Activate && done.contains(one.execution_state());
        let older = newest.get(one.execution_region()).is_none_or(|other| other.start_time() < one.start_time());
        if is_one && one.end_time().is_some() && older {
            newest.insert(one.execution_region(), one);
        }
    }
    newest.into_values().map(activation).collect()
}

fn activation(one: &AbbreviatedExecution) -> PlanActivation {
    let took = one.end_time().map(|end| end.secs().saturating_sub(one.start_time().secs()));
    let recovery = one.actual_recovery_time();
    PlanActivation {
        region: one.execution_region().into(),
        execution: one.execution_id().into(),
        mode: one.mode().as_str().to_lowercase().into(),
        ended_at: moment(one.end_time()),
        execution_seconds: Fact::from_known(took.and_then(|seconds| u64::try_from(seconds).ok())),
        recovery_seconds: match recovery.map(seconds) {
            Some(Some(seconds)) => Fact::Known(seconds),
            // A month has no length of its own.
            Some(None) => Fact::Unknown,
            None => Fact::Absent,
        },
    }
}

/// `PT1H30M`
fn seconds(text: &str) -> Option<u64> {
    let span: jiff::Span = text.parse().ok()?;
    u64::try_from(span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?.as_secs()).ok()
}

const EVALUATION: &[&str] =
    &["switch_plan.evaluated_at", "switch_plan.evaluated_version", "switch_plan.evaluation", "switch_plan.warnings"];

/// State and time stand on each page, the warnings are spread over all of them.
fn evaluated(facts: &mut RegionPlan, pages: &[GetPlanEvaluationStatusOutput]) {
    let Some(first) = pages.first() else { return };
    facts.evaluation = Fact::from_read(first.evaluation_state().map(|state| state.as_str().to_lowercase()));
    facts.evaluated_at = moment(first.last_evaluation_time());
    facts.evaluated_version = Fact::from_read(first.last_evaluated_version().map(str::to_owned));
    facts.warnings = Fact::Known(pages.iter().flat_map(|page| page.warnings()).map(warning).collect());
}

fn warning(warning: &ResourceWarning) -> PlanWarning {
    PlanWarning {
        step: Fact::from_read(warning.step_name().map(str::to_owned)),
        resource: Fact::from_read(warning.resource_arn().map(str::to_owned)),
        message: warning.warning_message().into(),
        active: Fact::Known(*warning.warning_status() != ResourceWarningStatus::Resolved),
        updated_at: moment(Some(warning.warning_updated_time())),
    }
}

/// Plans that the steps execute, those in parallel blocks as well.
fn children(steps: &[Step]) -> Vec<String> {
    let mut found = Vec::new();
    for configuration in steps.iter().filter_map(Step::execution_block_configuration) {
        if let Ok(child) = configuration.as_region_switch_plan_config() {
            found.push(child.arn().to_owned());
        }
        if let Ok(parallel) = configuration.as_parallel_config() {
            found.extend(children(parallel.steps()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use aws_sdk_arcregionswitch::types::{
        EvaluationStatus, ExecutionBlockConfiguration, ExecutionBlockType, ExecutionMode,
        ParallelExecutionBlockConfiguration, RecoveryApproach, RegionSwitchPlanConfiguration, Workflow,
        WorkflowTargetAction,
    };
    use aws_smithy_types::DateTime;
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:arc-region-switch::111122223333:plan/shop:abc123";

    fn listed() -> AbbreviatedPlan {
        AbbreviatedPlan::builder()
            .arn(ARN)
            .owner("111122223333")
            .name("shop")
            .set_regions(Some(vec!["us-west-2".to_owned(), "us-east-1".to_owned()]))
            .recovery_approach(RecoveryApproach::ActivePassive)
            .primary_region("us-east-1")
            .version("3")
            .recovery_time_objective_minutes(60)
            .build()
            .unwrap()
    }

    fn step(kind: ExecutionBlockType, configuration: ExecutionBlockConfiguration) -> Step {
        Step::builder()
            .name("x")
            .execution_block_type(kind)
            .execution_block_configuration(configuration)
            .build()
            .unwrap()
    }

    #[test]
    fn a_plan_has_its_children_and_what_region_switch_found() {
        let child = RegionSwitchPlanConfiguration::builder().arn("arn:child").build().unwrap();
        let child = step(ExecutionBlockType::RegionSwitch, ExecutionBlockConfiguration::RegionSwitchPlanConfig(child));
        let parallel = ParallelExecutionBlockConfiguration::builder().steps(child).build().unwrap();
        let parallel = step(ExecutionBlockType::Parallel, ExecutionBlockConfiguration::ParallelConfig(parallel));
        let workflow =
            Workflow::builder().workflow_target_action(WorkflowTargetAction::Activate).steps(parallel).build().unwrap();
        let plan = Plan::builder()
            .arn(ARN)
            .owner("111122223333")
            .name("shop")
            .set_regions(Some(vec!["us-east-1".to_owned()]))
            .recovery_approach(RecoveryApproach::ActivePassive)
            .execution_role("arn:aws:iam::111122223333:role/switch")
            .workflows(workflow)
            .build()
            .unwrap();
        let warning = ResourceWarning::builder()
            .version("2")
            .step_name("scale api")
            .warning_status(ResourceWarningStatus::Active)
            .warning_updated_time(DateTime::from_secs(1_700_000_000))
            .warning_message("too small")
            .build()
            .unwrap();
        let evaluation = GetPlanEvaluationStatusOutput::builder()
            .plan_arn(ARN)
            .evaluation_state(EvaluationStatus::ActionRequired)
            .last_evaluation_time(DateTime::from_secs(1_700_000_000))
            .last_evaluated_version("2")
            .warnings(warning)
            .build()
            .unwrap();
        let execution = |id: &str, region: &str, start: i64, state: ExecutionState, action: ExecutionAction| {
            AbbreviatedExecution::builder()
                .plan_arn(ARN)
                .execution_id(id)
                .execution_region(region)
                .start_time(DateTime::from_secs(start))
                .end_time(DateTime::from_secs(start + 600))
                .mode(ExecutionMode::Ungraceful)
                .execution_state(state)
                .execution_action(action)
        };
        let (activate, done) = (ExecutionAction::Activate, ExecutionState::Completed);
        let start = 1_699_999_400;
        let executions = vec![
            execution("older", "us-west-2", start - 1, done.clone(), activate.clone()).build().unwrap(),
            execution("newest", "us-west-2", start, done.clone(), activate.clone())
                .actual_recovery_time("P1DT1H2M3S")
                .build()
                .unwrap(),
            execution("failed", "us-west-2", start + 1, ExecutionState::CompletedWithExceptions, activate.clone())
                .build()
                .unwrap(),
            execution("away", "us-west-2", start + 2, done.clone(), ExecutionAction::Deactivate).build().unwrap(),
            execution("back", "us-east-1", start, done, activate).build().unwrap(),
        ];
        let looked = Looked {
            listed: listed(),
            executions: Listing { items: executions, trouble: None },
            plan: Ok(Some(plan)),
            evaluation: Listing { items: vec![evaluation], trouble: None },
            tags: Ok(HashMap::from([("app".to_owned(), "shop".to_owned())])),
        };
        let expected = json!({
            "id": ARN, "kind": "aws.arcregionswitch.plan", "name": "shop",
            "place": {"account": "111122223333", "region": null}, "tags": {"app": "shop"},
            "switch_plan": {
                "version": "3", "regions": ["us-east-1", "us-west-2"], "primary_region": "us-east-1", "approach": "activepassive",
                "rto_minutes": 60, "execution_role": "arn:aws:iam::111122223333:role/switch", "children": ["arn:child"],
                "evaluation": "actionrequired", "evaluated_at": "2023-11-14T22:13:20Z", "evaluated_version": "2",
                "warnings": [{"step": "scale api", "resource": null, "message": "too small", "active": true,
                    "updated_at": "2023-11-14T22:13:20Z"}],
                "activations": [
                    {"region": "us-east-1", "execution": "back", "mode": "ungraceful", "ended_at": "2023-11-14T22:13:20Z",
                        "execution_seconds": 600, "recovery_seconds": null},
                    {"region": "us-west-2", "execution": "newest", "mode": "ungraceful", "ended_at": "2023-11-14T22:13:20Z",
                        "execution_seconds": 600, "recovery_seconds": 90_123},
                ],
            },
            "origin": {"source": ""},
        });
        assert_eq!(
            serde_json::to_value(normalize(looked, "aws.arcregionswitch.plan", &mut Sink::default())).unwrap(),
            expected
        );
    }

    #[test]
    fn a_time_is_read_as_far_as_it_has_a_length() {
        let expected =
            [("PT0S", Some(0)), ("PT1H30M", Some(5_400)), ("P2D", Some(172_800)), ("P1M", None), ("soon", None)];
        assert_eq!(expected.map(|(text, _)| (text, seconds(text))), expected);
    }

    #[test]
    fn what_was_denied_is_not_known() {
        let denied = || Trouble::empty("arc-region-switch:GetPlan");
        let looked = Looked {
            listed: listed(),
            plan: Err(denied()),
            evaluation: Listing { items: Vec::new(), trouble: Some(denied()) },
            executions: Listing { items: Vec::new(), trouble: Some(denied()) },
            tags: Err(denied()),
        };
        let resource = normalize(looked, "aws.arcregionswitch.plan", &mut Sink::default());
        let mut paths: Vec<&str> = EVALUATION.to_vec();
        paths.extend(["switch_plan.activations", "switch_plan.children", "tags"]);
        paths.sort_unstable();
        assert_eq!(resource.unknown.keys().map(|path| path.to_string()).collect::<Vec<_>>(), paths);
        let facts = resource.switch_plan.unwrap();
        assert_eq!(
            (&facts.warnings, &facts.children, &facts.evaluation),
            (&Fact::Unknown, &Fact::Unknown, &Fact::Unknown)
        );
    }
}
