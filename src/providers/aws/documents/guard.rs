//! What the policies of an organization say of regions. They only ever take away: an account may do what every policy
//! above it allows and none denies.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Condition, REGION_KEYS, Statement, arn_region, compares, parse, statements, strings};
use crate::model::{Fact, RegionRule};

/// What a policy of an organization says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Guard {
    /// Statements that deny.
    pub denies: Vec<RegionRule>,
    /// Statements that allow in some regions only. They matter where nothing attached beside them allows everything.
    pub allows: Vec<RegionRule>,
    /// A statement allows everything everywhere.
    pub is_open: bool,
}

/// Reads a policy of an organization. `None`: it is not readable.
pub(crate) fn guard(name: &str, text: &str) -> Option<Guard> {
    let document = parse(text)?;
    let mut guard = Guard::default();
    for (at, statement) in statements(&document, name) {
        guard.is_open |= statement.allow && is_everything(&statement);
        let rules = if statement.allow { &mut guard.allows } else { &mut guard.denies };
        rules.extend(rule(&statement, &at));
    }
    Some(guard)
}

fn is_everything(statement: &Statement<'_>) -> bool {
    let has_any = |name: &str| strings(statement.body.get(name)).any(|it| it == "*");
    has_any("Action") && has_any("Resource") && statement.conditions().next().is_none()
}

/// What a statement says of regions. None: nothing, or nothing that recovery would call.
fn rule(statement: &Statement<'_>, at: &str) -> Option<RegionRule> {
    let (services, spared) = actions(statement);
    if services.is_empty() {
        return None;
    }
    let (mut about, others): (Vec<_>, Vec<_>) = statement.conditions().partition(|(operator, key, _)| {
        compares(operator).is_some() && REGION_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
    });
    let mut unless: Vec<String> = others.iter().map(|(operator, key, _)| format!("{operator} {key}")).collect();
    let (regions, named, value) = match about.pop() {
        Some((operator, key, values)) => {
            // Several conditions on regions hold at once: which regions are left, only all of them together tell.
            unless.extend(about.iter().map(|(operator, key, _)| format!("{operator} {key}")));
            of_condition(statement, operator, key, values, &mut unless)?
        }
        None => of_resources(statement)?,
    };
    Some(RegionRule {
        at: at.into(),
        regions: Fact::Known(regions.into_iter().collect()),
        shuts_out_named: Fact::Known(named),
        services: Fact::Known(services),
        spared: Fact::Known(spared),
        unless: Fact::from_read(Some(unless.join(", ")).filter(|unless| !unless.is_empty())),
        value: Fact::Known(value),
    })
}

/// Regions, whether they are shut out themselves, and the words of the condition.
type Says = (BTreeSet<String>, bool, String);

fn of_condition(
    statement: &Statement<'_>,
    operator: &str,
    key: &str,
    values: &Value,
    unless: &mut Vec<String>,
) -> Option<Says> {
    let (negated, like) = compares(operator)?;
    let condition =
        Condition { key, values: strings(Some(values)).collect(), excludes: negated == statement.allow, like };
    let value = format!("{key}: {}", condition.values.join(", "));
    // A variable stands for something of the request.
    let depends = condition.values.iter().any(|value| value.contains("${"));
    if depends {
        unless.push(format!("{operator} {key}"));
    }
    let regions: BTreeSet<String> = condition.regions().into_iter().map(str::to_owned).collect();
    // A value that is no region says nothing of any.
    (depends || !regions.is_empty()).then_some((regions, condition.excludes, value))
}

/// What is denied, by the regions in the ARNs of it.
fn of_resources(statement: &Statement<'_>) -> Option<Says> {
    if statement.allow {
        return None;
    }
    let of = |name: &str| strings(statement.body.get(name)).map(|arn| (arn, arn_region(arn))).collect::<Vec<_>>();
    let (denied, left) = (of("Resource"), of("NotResource"));
    let (arns, named) = if left.is_empty() { (denied, true) } else { (left, false) };
    // One ARN without a region is about all of them.
    let regions: Option<BTreeSet<String>> = arns.iter().map(|(_, region)| region.map(str::to_owned)).collect();
    let regions = regions.filter(|regions| !regions.is_empty())?;
    let value: Vec<&str> = arns.iter().map(|(arn, _)| *arn).collect();
    Some((regions, named, value.join(", ")))
}

/// The services of which it names something that recovery calls, and those that it leaves alone.
fn actions(statement: &Statement<'_>) -> (Vec<String>, Vec<String>) {
    let service = |action: &str| action.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if let Some(left) = statement.body.get("NotAction") {
        if strings(Some(left)).any(|action| action == "*") {
            return (Vec::new(), Vec::new());
        }
        // What is left alone in part is denied in part.
        let whole: BTreeSet<String> = strings(Some(left)).filter(|it| it.ends_with(":*")).map(service).collect();
        return (vec!["*".to_owned()], whole.into_iter().collect());
    }
    let named = strings(statement.body.get("Action")).filter(|action| is_called(action)).map(service);
    let named: BTreeSet<String> = named.collect();
    (named.into_iter().collect(), Vec::new())
}

/// Words with which actions begin that only take away. To be denied those hinders no recovery.
const TAKES_AWAY: &[&str] = &[
    "bypass",
    "cancel",
    "close",
    "deactivate",
    "delete",
    "deregister",
    "detach",
    "disable",
    "disassociate",
    "leave",
    "purchase",
    "reject",
    "release",
    "remove",
    "reset",
    "revoke",
    "schedulekeydeletion",
    "stop",
    "terminate",
    "untag",
];

/// Something that recovery calls is, or may be, among what an action or a pattern of actions names.
fn is_called(action: &str) -> bool {
    let operation = action.split_once(':').map_or(action, |(_, operation)| operation).to_ascii_lowercase();
    let start = operation.split(['*', '?']).next().unwrap_or_default();
    !TAKES_AWAY.iter().any(|word| start.starts_with(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(statements: serde_json::Value) -> Guard {
        guard("policy 'p'", &json!({"Version": "2012-10-17", "Statement": statements}).to_string()).unwrap()
    }

    fn rule(regions: &[&str], named: bool, services: &[&str], value: &str) -> RegionRule {
        let list = |items: &[&str]| Fact::Known(items.iter().map(|item| (*item).to_owned()).collect());
        RegionRule {
            at: "policy 'p', statement 1".into(),
            regions: list(regions),
            shuts_out_named: Fact::Known(named),
            services: list(services),
            spared: list(&[]),
            unless: Fact::Absent,
            value: value.into(),
        }
    }

    #[test]
    fn all_regions_but_some_are_denied_and_services_are_spared() {
        let guard = read(json!([{
            "Effect": "Deny", "NotAction": ["iam:*", "rds:*", "ec2:Describe*"], "Resource": "*",
            "Condition": {
                "StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]},
                "ArnNotLike": {"aws:PrincipalARN": "arn:aws:iam::*:role/admin"},
            },
        }]));
        let expected = RegionRule {
            spared: Fact::Known(vec!["iam".to_owned(), "rds".to_owned()]),
            unless: "ArnNotLike aws:PrincipalARN".into(),
            ..rule(&["eu-west-1", "us-east-1"], false, &["*"], "aws:RequestedRegion: us-east-1, eu-west-1")
        };
        assert_eq!(guard, Guard { denies: vec![expected], ..Guard::default() });
    }

    #[test]
    fn one_region_is_denied_by_condition_or_by_arn() {
        let deny = |rest: serde_json::Value| {
            let mut statement = json!({"Effect": "Deny", "Action": ["rds:Create*", "ec2:*"], "Resource": "*"});
            statement.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            read(json!(statement)).denies
        };
        let services = ["ec2", "rds"];
        assert_eq!(
            deny(json!({"Condition": {"StringLike": {"aws:requestedregion": "us-west-*"}}})),
            [rule(&["us-west-*"], true, &services, "aws:requestedregion: us-west-*")]
        );
        let arn = "arn:aws:rds:us-west-2:*:*";
        assert_eq!(deny(json!({"Resource": arn})), [rule(&["us-west-2"], true, &services, arn)]);
        // What it says of no region, and what depends on several conditions.
        assert_eq!(deny(json!({})), []);
        assert_eq!(deny(json!({"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}})), []);
        let both = json!({
            "StringNotEquals": {"aws:RequestedRegion": "us-east-1"}, "StringEquals": {"ec2:Region": "us-west-2"}
        });
        let found = deny(json!({"Condition": both}));
        assert_eq!(found.len(), 1);
        assert!(found[0].unless.is_known(), "{found:?}");
    }

    #[test]
    fn what_only_takes_away_is_no_hindrance() {
        let with = |action: serde_json::Value| {
            let condition = json!({"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}});
            read(json!([{"Effect": "Deny", "Action": action, "Resource": "*", "Condition": condition}])).denies
        };
        assert_eq!(with(json!(["rds:Delete*", "kms:ScheduleKeyDeletion", "ec2:StopInstances"])), []);
        let expected = rule(&["us-east-1"], false, &["rds"], "aws:RequestedRegion: us-east-1");
        assert_eq!(with(json!(["rds:D*", "ec2:TerminateInstances"])), [expected]);
        let all = rule(&["us-east-1"], false, &["*"], "aws:RequestedRegion: us-east-1");
        assert_eq!(with(json!("*")), [all]);
    }

    #[test]
    fn what_is_allowed_in_some_regions_only_stands_by_itself() {
        let guard = read(json!([
            {"Effect": "Allow", "Action": "*", "Resource": "*",
             "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
        ]));
        let expected = rule(&["us-east-1"], false, &["*"], "aws:RequestedRegion: us-east-1");
        assert_eq!(guard, Guard { allows: vec![expected], ..Guard::default() });
        let open = read(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
        assert_eq!(open, Guard { is_open: true, ..Guard::default() });
        assert_eq!(super::guard("p", "[]"), None);
    }
}
