//! A plan of ARC Region switch as code of Terraform: `aws_arcregionswitch_plan`.
//!
//! The provider has it since 6.29.0; since 6.62.0 at the latest it knows all types of steps but two. The names of its arguments are
//! those of the service in small letters, but for the lists below.

use std::collections::BTreeSet;
use std::io;

use serde_json::{Map, Value};

use crate::result::{SwitchPlan, SwitchStep};

/// Types of steps that it does not have.
const NOT_THERE: &[&str] = &["RdsSwitchoverReadReplica", "SSMSendCommand"];
/// Types of steps of which it requires how capacity is watched.
const WATCHED: &[&str] = &["EC2AutoScaling", "ECSServiceScaling", "EKSResourceScaling"];

/// What stands in a pair of braces.
#[derive(Default)]
struct Body {
    attributes: Vec<(String, String)>,
    blocks: Vec<(String, Self)>,
}

/// Steps that Terraform does not know, and why; and those that lack what it requires.
pub fn unknown(plan: &SwitchPlan) -> Vec<String> {
    let told = |step: &Value| {
        let (kind, name) = (text(step, "executionBlockType"), text(step, "name"));
        if NOT_THERE.contains(&kind) {
            return Some(format!("'{name}': aws_arcregionswitch_plan has no {kind}"));
        }
        let is_watched = configuration(step).is_some_and(|(_, it)| it.get("capacityMonitoringApproach").is_some());
        (WATCHED.contains(&kind) && !is_watched).then(|| {
            format!(
                "'{name}': Terraform requires capacity_monitoring_approach (--set capacityMonitoringApproach=VALUE)"
            )
        })
    };
    let all: BTreeSet<String> =
        plan.workflows.iter().flat_map(|workflow| leaves(&workflow.steps)).filter_map(|step| told(&step)).collect();
    all.into_iter().collect()
}

/// Steps but for parallel blocks, whose steps stand in their place.
fn leaves(steps: &[SwitchStep]) -> Vec<Value> {
    let of = |step: &SwitchStep| {
        let value = serde_json::to_value(step).unwrap_or_default();
        let inner = configuration(&value).and_then(|(_, it)| it.get("steps")?.as_array().cloned());
        inner.unwrap_or_else(|| vec![value])
    };
    steps.iter().flat_map(of).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn configuration(step: &Value) -> Option<(&String, &Value)> {
    step.get("executionBlockConfiguration")?.as_object()?.iter().next()
}

/// Writes a plan, without the steps that Terraform does not know.
pub fn terraform(plan: &SwitchPlan, out: &mut dyn io::Write) -> io::Result<()> {
    let unknown: BTreeSet<String> = unknown(plan)
        .iter()
        .filter_map(|told| Some(told.strip_prefix('\'')?.rsplit_once("':")?.0.to_owned()))
        .collect();
    let mut body = Body::default();
    let value = serde_json::to_value(plan)?;
    for key in [
        "name",
        "description",
        "executionRole",
        "recoveryApproach",
        "regions",
        "primaryRegion",
        "recoveryTimeObjectiveMinutes",
    ] {
        body.attribute(key, value.get(key));
    }
    for (name, alarm) in &plan.associated_alarms {
        let mut inner = Body::default();
        inner.attributes.push(("map_block_key".to_owned(), quoted(name)));
        inner.members(alarm.as_object(), &unknown);
        body.blocks.push(("associated_alarms".to_owned(), inner));
    }
    for workflow in value.get("workflows").and_then(Value::as_array).into_iter().flatten() {
        let mut inner = Body::default();
        for key in ["workflowTargetAction", "workflowTargetRegion", "workflowDescription"] {
            inner.attribute(key, workflow.get(key));
        }
        inner.steps(workflow.get("steps"), &unknown);
        if !inner.blocks.is_empty() {
            body.blocks.push(("workflow".to_owned(), inner));
        }
    }
    writeln!(
        out,
        "# hashicorp/aws 6.62.0 or later. 6.29.0 was the first with this type; it has fewer types of steps."
    )?;
    writeln!(out, "resource \"aws_arcregionswitch_plan\" {} {{", quoted(&label(&plan.name)))?;
    body.write(1, out)?;
    writeln!(out, "}}")
}

/// A name that code can refer to.
fn label(name: &str) -> String {
    let label: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if label.starts_with(|c: char| c.is_ascii_digit()) { format!("plan_{label}") } else { label }
}

impl Body {
    fn attribute(&mut self, key: &str, value: Option<&Value>) {
        if let Some(value) = value {
            self.attributes.push((snake(key), expression(value)));
        }
    }

    fn steps(&mut self, steps: Option<&Value>, unknown: &BTreeSet<String>) {
        for step in
            steps.and_then(Value::as_array).into_iter().flatten().filter(|step| !unknown.contains(text(step, "name")))
        {
            let mut own = Self::default();
            own.attribute("name", step.get("name"));
            own.attribute("executionBlockType", step.get("executionBlockType"));
            let mut inner = Self::default();
            let Some((key, of)) = configuration(step) else { continue };
            inner.members(of.as_object(), unknown);
            // A parallel block of which nothing is left.
            if inner.attributes.is_empty() && inner.blocks.is_empty() {
                continue;
            }
            own.blocks.push((snake(key), inner));
            self.blocks.push(("step".to_owned(), own));
        }
    }

    /// Members as attributes or as blocks, whichever the provider has.
    fn members(&mut self, members: Option<&Map<String, Value>>, unknown: &BTreeSet<String>) {
        for (key, value) in members.into_iter().flatten() {
            match (key.as_str(), value) {
                ("steps", steps) => self.steps(Some(steps), unknown),
                ("asgs", Value::Array(items)) => self.each("asg", items, unknown),
                ("services", Value::Array(items)) => self.each("service", items, unknown),
                ("recordSets", Value::Array(items)) => self.each("record_set", items, unknown),
                ("regionAndRoutingControls", Value::Object(regions)) => {
                    for (region, controls) in regions {
                        let mut inner = Self::of_region(region);
                        inner.each(
                            "routing_control",
                            controls.as_array().map(Vec::as_slice).unwrap_or_default(),
                            unknown,
                        );
                        self.blocks.push(("region_and_routing_controls".to_owned(), inner));
                    }
                }
                ("regionEventSourceMappings", Value::Object(regions)) => {
                    for (region, mapping) in regions {
                        let mut inner = Self::of_region(region);
                        inner.members(mapping.as_object(), unknown);
                        self.blocks.push(("region_event_source_mapping".to_owned(), inner));
                    }
                }
                ("ungraceful", Value::Object(of)) => {
                    let mut inner = Self::default();
                    inner.members(Some(of), unknown);
                    self.blocks.push(("ungraceful".to_owned(), inner));
                }
                (key, value) => self.attribute(key, Some(value)),
            }
        }
    }

    fn of_region(region: &str) -> Self {
        Self { attributes: vec![("region".to_owned(), quoted(region))], blocks: Vec::new() }
    }

    fn each(&mut self, name: &str, items: &[Value], unknown: &BTreeSet<String>) {
        for item in items {
            let mut inner = Self::default();
            inner.members(item.as_object(), unknown);
            self.blocks.push((name.to_owned(), inner));
        }
    }

    /// As `terraform fmt` has it.
    fn write(&self, depth: usize, out: &mut dyn io::Write) -> io::Result<()> {
        let indent = "  ".repeat(depth);
        let width = self.attributes.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, value) in &self.attributes {
            writeln!(out, "{indent}{name:<width$} = {value}")?;
        }
        for (number, (name, body)) in self.blocks.iter().enumerate() {
            if number > 0 || !self.attributes.is_empty() {
                writeln!(out)?;
            }
            writeln!(out, "{indent}{name} {{")?;
            body.write(depth + 1, out)?;
            writeln!(out, "{indent}}}")?;
        }
        Ok(())
    }
}

fn expression(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(expression).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("{} = {}", quoted(key), expression(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A literal: nothing in it is a template.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => quoted.extend([c, c]),
            // Of two of them, nobody is to ask which one escapes what follows.
            '$' | '%' if rest.peek() == Some(&c) => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `targetPercent` as `target_percent`. A number stands with what is before it: `ec2_asg`.
fn snake(key: &str) -> String {
    let mut text = String::with_capacity(key.len() + 4);
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::json;

    use super::*;
    use crate::result::SwitchWorkflow;

    fn step(kind: &str, name: &str, key: &str, configuration: Value) -> SwitchStep {
        SwitchStep {
            name: name.to_owned(),
            execution_block_type: kind.to_owned(),
            execution_block_configuration: IndexMap::from([(key.to_owned(), configuration)]),
        }
    }

    fn plan(steps: Vec<SwitchStep>) -> SwitchPlan {
        SwitchPlan {
            name: "shop-1".to_owned(),
            description: "a \"${b}\" \\ 100%{c}\n$${d}".to_owned(),
            execution_role: "arn:aws:iam::111122223333:role/switch".to_owned(),
            regions: vec!["us-east-1".to_owned(), "us-west-2".to_owned()],
            recovery_approach: "activePassive".to_owned(),
            primary_region: Some("us-east-1".to_owned()),
            recovery_time_objective_minutes: Some(60),
            associated_alarms: IndexMap::from([(
                "health".to_owned(),
                json!({"alarmType": "applicationHealth", "resourceIdentifier": "arn"}),
            )]),
            workflows: vec![SwitchWorkflow {
                workflow_target_action: "activate".to_owned(),
                workflow_target_region: Some("us-west-2".to_owned()),
                workflow_description: "x".to_owned(),
                steps,
            }],
        }
    }

    fn written(plan: &SwitchPlan) -> String {
        let mut out = Vec::new();
        terraform(plan, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_plan_is_code_that_can_be_read_again_and_says_the_same() {
        let inner = step(
            "RdsPromoteReadReplica",
            "promote a",
            "rdsPromoteReadReplicaConfig",
            json!({"dbInstanceArnMap": {"us-east-1": "arn:1", "us-west-2": "arn:2"}}),
        );
        let steps = vec![
            step("Parallel", "both", "parallelConfig", json!({"steps": [inner]})),
            step(
                "ARCRoutingControl",
                "switch",
                "arcRoutingControlConfig",
                json!({"regionAndRoutingControls": {"us-west-2": [{"routingControlArn": "arn:c", "state": "On"}]}}),
            ),
        ];
        let expected = r##"# hashicorp/aws 6.62.0 or later. 6.29.0 was the first with this type; it has fewer types of steps.
resource "aws_arcregionswitch_plan" "shop_1" {
  name                            = "shop-1"
  description                     = "a \"$${b}\" \\ 100%%{c}\n\u0024$${d}"
  execution_role                  = "arn:aws:iam::111122223333:role/switch"
  recovery_approach               = "activePassive"
  regions                         = ["us-east-1", "us-west-2"]
  primary_region                  = "us-east-1"
  recovery_time_objective_minutes = 60

  associated_alarms {
    map_block_key       = "health"
    alarm_type          = "applicationHealth"
    resource_identifier = "arn"
  }

  workflow {
    workflow_target_action = "activate"
    workflow_target_region = "us-west-2"
    workflow_description   = "x"

    step {
      name                 = "both"
      execution_block_type = "Parallel"

      parallel_config {
        step {
          name                 = "promote a"
          execution_block_type = "RdsPromoteReadReplica"

          rds_promote_read_replica_config {
            db_instance_arn_map = { "us-east-1" = "arn:1", "us-west-2" = "arn:2" }
          }
        }
      }
    }

    step {
      name                 = "switch"
      execution_block_type = "ARCRoutingControl"

      arc_routing_control_config {
        region_and_routing_controls {
          region = "us-west-2"

          routing_control {
            routing_control_arn = "arn:c"
            state               = "On"
          }
        }
      }
    }
  }
}
"##;
        let text = written(&plan(steps));
        assert_eq!(text, expected);
        let body: hcl_edit::structure::Body = text.parse().unwrap();
        let resource = body.get_blocks("resource").next().unwrap();
        let description = &resource.body.get_attribute("description").unwrap().value;
        // Nothing of it is a template: it is one literal, and the text that went in.
        assert_eq!(description.as_str(), Some("a \"${b}\" \\ 100%{c}\n$${d}"));
    }

    #[test]
    fn what_terraform_does_not_know_is_told_and_left_out() {
        let steps = vec![
            step("SSMSendCommand", "run", "ssmSendCommandConfig", json!({"x": 1})),
            step(
                "EC2AutoScaling",
                "scale",
                "ec2AsgCapacityIncreaseConfig",
                json!({"asgs": [{"arn": "a"}, {"arn": "b"}]}),
            ),
        ];
        let plan = plan(steps);
        let expected = [
            "'run': aws_arcregionswitch_plan has no SSMSendCommand",
            "'scale': Terraform requires capacity_monitoring_approach (--set capacityMonitoringApproach=VALUE)",
        ];
        assert_eq!(unknown(&plan), expected);
        assert!(!written(&plan).contains("step {"));
    }
}
