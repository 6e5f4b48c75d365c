//! Who may open what lies in the recovery place, and what has to let copies in.

use serde_json::json;

use super::chain::{KEY_ACTIONS, VAULT, allow, copy, statement, whole};
use super::*;

#[test]
fn a_role_that_restores_is_asked_for_by_name() {
    let role = arn("iam", "", "role/restore");
    let mut config = paired();
    config.recovery[0].restore_role = Some(role.clone());
    let openings = |change: &dyn Fn(&mut Value)| {
        let mut estate = whole();
        change(&mut estate);
        let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
        let id = arn("rds", "us-east-1", "db:orders");
        let found = facts(inventory(resources, ALL_SEEN), &config, &id, &["copies"]);
        let copy = &found["joined"]["copies"][0];
        json!([copy["usable"], copy["opening"], found["unknown"].get("joined.copies.opening.opens")])
    };
    let open = json!({"opens": true, "why": null, "by": null, "statement": null});
    assert_eq!(openings(&|_| {}), json!([true, open, null]));
    let of_role = |it: &mut Value| it["key"]["access"]["statements"] = json!([allow(&role, &KEY_ACTIONS)]);
    assert_eq!(openings(&of_role), json!([true, open, null]));
    let granted = |it: &mut Value| {
        let grant = json!({"grantee": role, "actions": KEY_ACTIONS, "constrained": false});
        it["key"]["access"] = json!({"statements": [], "grants": [grant]});
    };
    assert_eq!(openings(&granted), json!([true, open, null]));
    let denied = |it: &mut Value| {
        let deny = statement("statement 'NotYou'", false, &role, &["backup:StartRestoreJob"]);
        it["vault"]["access"]["statements"] = json!([deny]);
    };
    let why = "statement 'NotYou' of vault dr denies backup:StartRestoreJob to role restore";
    let shut = json!({"opens": false, "why": why, "by": VAULT, "statement": "statement 'NotYou'"});
    assert_eq!(openings(&denied), json!([false, shut, null]));
    let unread = "dr: what its policy lets whom do is not known";
    assert_eq!(openings(&|it| it["vault"]["access"] = json!({})), json!([true, {"why": unread}, unread]));
    // What was never to be restored from is not asked about.
    let infected = |it: &mut Value| it["point"]["recovery_point"]["infected"] = json!(true);
    assert_eq!(openings(&infected), json!([false, null, null]));
}

#[test]
fn a_vault_of_another_account_has_to_let_copies_in() {
    const OTHER: &str = "444455556666";
    let moved = |statements: Value| {
        move |it: &mut Value| {
            let vault = VAULT.replace(ACCOUNT, OTHER);
            it["vault"]["id"] = json!(vault);
            it["vault"]["place"]["account"] = json!(OTHER);
            it["vault"]["access"]["statements"] = statements.clone();
            it["vault"]["encryption"] = json!({"enabled": true, "key": null});
            it["point"] = Value::Null;
            copy(it)["vault"] = json!(vault);
            copy(it)["account"] = json!(OTHER);
        }
    };
    let mut config = paired();
    config.recovery[0].to_account = Some(OTHER.to_owned());
    let seen: Vec<_> = ALL_SEEN.iter().copied().chain([(OTHER, "us-west-2", "*", "complete")]).collect();
    let found = |statements: Value| {
        let mut estate = whole();
        moved(statements)(&mut estate);
        let resources = estate.as_object().unwrap().values().filter(|it| !it.is_null()).cloned().collect();
        let id = arn("rds", "us-east-1", "db:orders");
        let found = joined(inventory(resources, &seen), &config, &id);
        let chain = found["joined"]["backup_chain"].as_array().unwrap().clone();
        let link = chain.into_iter().find(|link| link["what"] == "vault-policy").unwrap();
        json!([link.get("holds"), link["why"]])
    };
    let own = format!("arn:aws:iam::{ACCOUNT}:root");
    let into = ["backup:CopyIntoBackupVault"];
    assert_eq!(found(json!([allow(&own, &into)])), json!([true, null]));
    let none = "no statement of vault dr gives backup:CopyIntoBackupVault to account 111122223333";
    assert_eq!(found(Value::Null), json!([false, none]));
    assert_eq!(found(json!([allow("999988887777", &into)])), json!([false, none]));
    let mut in_organization = allow("*", &into);
    in_organization["conditions"] = json!([{"operator": "StringEquals", "key": "aws:PrincipalOrgID", "values": null}]);
    let open = "statement 1 of vault dr has conditions of which nobody knows whether they hold";
    assert_eq!(found(json!([in_organization])), json!([null, open]));
}
