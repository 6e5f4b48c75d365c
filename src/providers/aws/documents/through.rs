//! Policies of endpoints: what they let through.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Statement, parse, statements, strings};
use crate::model::{Fact, PolicyStatement};

/// The statements of a policy. Absent: it lets everything through. Unknown: it is not readable.
pub(crate) fn policy_of_endpoint(text: &str) -> Fact<Vec<PolicyStatement>> {
    let Some(document) = parse(text) else { return Fact::Unknown };
    let all: Vec<PolicyStatement> = statements(&document, "").map(|(_, statement)| read(&statement)).collect();
    let is_open = |it: &PolicyStatement| {
        let is_all = |list: &Fact<Vec<String>>| list.known().is_some_and(|list| list.iter().any(|it| it == "*"));
        it.certain == Fact::Known(true) && is_all(&it.actions) && is_all(&it.resources) && is_plain(it)
    };
    let allows = |it: &PolicyStatement| it.allow == Fact::Known(true);
    if all.iter().all(allows) && all.iter().any(is_open) { Fact::Absent } else { Fact::Known(all) }
}

fn is_plain(statement: &PolicyStatement) -> bool {
    statement.other_actions == Fact::Known(false) && statement.other_resources == Fact::Known(false)
}

fn read(statement: &Statement<'_>) -> PolicyStatement {
    let body = statement.body;
    let named = |name: &str, not: &str| {
        let (list, is_other) = match body.get(not) {
            Some(list) => (Some(list), true),
            None => (body.get(name), false),
        };
        let list: BTreeSet<String> = strings(list).map(str::to_owned).collect();
        (Fact::Known(list.into_iter().collect()), Fact::Known(is_other))
    };
    let (actions, other_actions) = named("Action", "NotAction");
    let (resources, other_resources) = named("Resource", "NotResource");
    let is_anybody = |principal: &Value| match principal {
        Value::Object(kinds) => strings(kinds.get("AWS")).any(|it| it == "*"),
        principal => principal.as_str() == Some("*"),
    };
    let of_all = body.get("Principal").is_some_and(is_anybody);
    PolicyStatement {
        allow: Fact::Known(statement.allow),
        actions,
        other_actions,
        resources,
        other_resources,
        certain: Fact::Known(of_all && statement.conditions().next().is_none()),
    }
}

/// Whether a policy lets an action on a resource through, by patterns that `matches` compares. Nothing: it depends on who
/// asks, or on what is not known of the resource.
pub(crate) fn lets_through(
    policy: &[PolicyStatement],
    action: &str,
    resource: Option<&str>,
    matches: fn(&str, &str) -> bool,
) -> Option<bool> {
    let of = |allow: bool| {
        let own = policy.iter().filter(move |it| it.allow == Fact::Known(allow));
        let mut any = Some(false);
        for one in own.map(|it| applies(it, action, resource, matches)) {
            any = match (any, one) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (None, _) | (_, None) => None,
                _ => Some(false),
            };
        }
        any
    };
    match (of(false), of(true)) {
        (Some(true), _) | (_, Some(false)) => Some(false),
        (Some(false), Some(true)) => Some(true),
        _ => None,
    }
}

fn applies(
    statement: &PolicyStatement,
    action: &str,
    resource: Option<&str>,
    matches: fn(&str, &str) -> bool,
) -> Option<bool> {
    let action = action.to_lowercase();
    let of_actions = statement.actions.known()?.iter().any(|pattern| matches(&pattern.to_lowercase(), &action));
    if of_actions == (statement.other_actions == Fact::Known(true)) {
        return Some(false);
    }
    let patterns = statement.resources.known()?;
    let of_resources = match resource {
        _ if patterns.iter().any(|pattern| pattern == "*") => true,
        _ if patterns.iter().any(|pattern| pattern.contains("${")) => return None,
        Some(resource) => patterns.iter().any(|pattern| matches(pattern, resource)),
        None => return None,
    };
    match of_resources == (statement.other_resources == Fact::Known(true)) {
        true => Some(false),
        false if statement.certain == Fact::Known(true) => Some(true),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop-AbCdEf";

    fn matches(pattern: &str, text: &str) -> bool {
        pattern == text || pattern.strip_suffix('*').is_some_and(|start| text.starts_with(start))
    }

    #[test]
    fn what_everybody_is_given_lets_everything_through() {
        let open = json!({"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]});
        assert_eq!(policy_of_endpoint(&open.to_string()), Fact::Absent);
        assert_eq!(policy_of_endpoint("{"), Fact::Unknown);
    }

    #[test]
    fn a_policy_lets_through_denies_or_leaves_it_open() {
        let allow = |action: &str, resource: &str| json!({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": action, "Resource": resource});
        let with = |mut statement: Value, name: &str, value: Value| {
            statement[name] = value;
            statement
        };
        let deny = |statement: Value| with(statement, "Effect", json!("Deny"));
        let own_only = json!({"StringEquals": {"aws:PrincipalAccount": "111122223333"}});
        let not = json!({"Effect": "Allow", "Principal": "*", "NotAction": "s3:*", "Resource": "*"});
        let others = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "NotResource": format!("{SECRET}*")});
        let every = || allow("*", "*");
        let cases = [
            (vec![allow("secretsmanager:Get*", "*")], Some(true), Some(true)),
            (vec![allow("SecretsManager:getsecretvalue", "arn:aws:secretsmanager:*")], Some(true), None),
            (vec![allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:*")], Some(false), None),
            (vec![allow("s3:*", "*")], Some(false), Some(false)),
            (vec![not], Some(true), Some(true)),
            (vec![others], Some(false), None),
            (vec![with(every(), "Condition", own_only.clone())], None, None),
            (vec![with(every(), "Principal", json!({"AWS": "arn:aws:iam::1:root"}))], None, None),
            (vec![every(), deny(allow("secretsmanager:*", "*"))], Some(false), Some(false)),
            (vec![every(), deny(allow("secretsmanager:*", SECRET))], Some(false), None),
            (vec![every(), deny(with(every(), "Condition", own_only))], None, None),
            (vec![allow("*", "arn:aws:secretsmanager:${aws:Region}:*")], None, None),
            (vec![], Some(false), Some(false)),
        ];
        for (statements, of_secret, of_any) in cases {
            let text = json!({"Statement": statements}).to_string();
            let policy = policy_of_endpoint(&text).into_known().unwrap_or_default();
            let found = |resource| lets_through(&policy, "secretsmanager:GetSecretValue", resource, matches);
            assert_eq!((found(Some(SECRET)), found(None)), (of_secret, of_any), "{text}");
        }
    }
}
