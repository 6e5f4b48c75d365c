//! Safety rules: what has to stay on, and what decides whether controls may be changed.

use aws_sdk_route53recoverycontrolconfig::types::{Rule, RuleConfig};

use super::super::Context;
use super::super::read::{number, sorted};
use super::common::{RULE, resource};
use crate::model::{Fact, Rel, Resource, Shared, Switch};

/// `None`: a rule of a form that came later.
pub(super) fn normalize(rule: &Rule, cx: &Context) -> Option<Resource> {
    if let Some(rule) = rule.assertion() {
        let mut found = resource(RULE, rule.safety_rule_arn(), rule.name(), rule.status(), cx);
        found.link(Rel::MemberOf, rule.control_panel_arn());
        found.switch = Some(Shared::from(Switch {
            rule: "assertion".into(),
            controls: ids(rule.asserted_controls()),
            gates: Fact::Absent,
            ..decided(rule.rule_config())
        }));
        return Some(found);
    }
    let rule = rule.gating()?;
    let mut found = resource(RULE, rule.safety_rule_arn(), rule.name(), rule.status(), cx);
    found.link(Rel::MemberOf, rule.control_panel_arn());
    found.switch = Some(Shared::from(Switch {
        rule: "gating".into(),
        controls: ids(rule.target_controls()),
        gates: ids(rule.gating_controls()),
        ..decided(rule.rule_config())
    }));
    Some(found)
}

fn ids(controls: &[String]) -> Fact<Vec<String>> {
    Fact::Known(sorted(controls.iter().map(String::as_str)))
}

fn decided(config: Option<&RuleConfig>) -> Switch {
    let Some(config) = config else { return Switch::default() };
    Switch {
        operator: Fact::from_known(config.r#type().map(|operator| operator.as_str().to_lowercase())),
        threshold: number(config.threshold()),
        inverted: Fact::from_known(config.inverted()),
        ..Switch::default()
    }
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_route53recoverycontrolconfig::types::{AssertionRule, GatingRule, RuleType, Status};
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Timestamp;

    fn normalized(rule: &Rule) -> Option<Value> {
        let cx = Context::new("111122223333", "us-west-2", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        normalize(rule, &cx).map(|resource| serde_json::to_value(resource).unwrap())
    }

    fn config() -> RuleConfig {
        RuleConfig::builder().r#type(RuleType::Atleast).threshold(1).inverted(false).build()
    }

    fn expected(name: &str, state: &str, facts: &Value) -> Value {
        let mut switch = json!({"operator": "atleast", "threshold": 1, "inverted": false});
        switch.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
        json!({
            "id": format!("arn:{name}"), "kind": "aws.route53recoverycontrolconfig.safety-rule", "name": name,
            "place": {"account": "111122223333", "region": null},
            "status": {"state": state, "healthy": state == "deployed"},
            "switch": switch,
            "links": [{"rel": "member-of", "to": "arn:panel"}],
            "origin": {"source": ""},
        })
    }

    #[test]
    fn an_assertion_names_what_has_to_stay_on() {
        let rule = AssertionRule::builder()
            .safety_rule_arn("arn:one")
            .name("one")
            .control_panel_arn("arn:panel")
            .asserted_controls("arn:west")
            .asserted_controls("arn:east")
            .rule_config(config())
            .status(Status::Deployed)
            .wait_period_ms(5000)
            .build();
        let facts = json!({"rule": "assertion", "controls": ["arn:east", "arn:west"], "gates": null});
        let found = normalized(&Rule::builder().assertion(rule).build());
        assert_eq!(found, Some(expected("one", "deployed", &facts)));
    }

    #[test]
    fn a_gate_names_what_it_is_about_and_what_decides() {
        let rule = GatingRule::builder()
            .safety_rule_arn("arn:gate")
            .name("gate")
            .control_panel_arn("arn:panel")
            .target_controls("arn:east")
            .gating_controls("arn:west")
            .rule_config(config())
            .status(Status::Pending)
            .wait_period_ms(5000)
            .build();
        let facts = json!({"rule": "gating", "controls": ["arn:east"], "gates": ["arn:west"]});
        let found = normalized(&Rule::builder().gating(rule).build());
        assert_eq!(found, Some(expected("gate", "pending", &facts)));
        assert_eq!(normalized(&Rule::builder().build()), None);
    }
}
