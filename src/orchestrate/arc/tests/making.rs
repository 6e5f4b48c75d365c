//! A plan that is made of an estate.

use super::estates::{at, estate};
use super::*;
use crate::result::{MadePlan, PayloadFinding};

const MAPPING: &str = "11111111-1111-1111-1111-111111111111";

fn wanted(given: &[(&str, &str)]) -> Wanted {
    let given = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Wanted { application: "shop".to_owned(), given, ..Wanted::default() }
}

fn made_by(resources: &[Value], config: &Config, wanted: &Wanted) -> Result<MadePlan, String> {
    let inventory = inventory(resources);
    let now = inventory.collected_at;
    make(inventory, config, now, wanted, &nobody)
}

fn made(resources: &[Value], wanted: &Wanted) -> MadePlan {
    made_by(resources, &config(), wanted).unwrap()
}

/// Names of its steps by workflow; those of a parallel block in brackets.
fn names(plan: &Value) -> Vec<String> {
    let of = |steps: &Value| -> Vec<String> {
        let name = |step: &Value| match step["executionBlockConfiguration"].get("parallelConfig") {
            Some(inner) => format!(
                "[{}]",
                inner["steps"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|it| it["name"].as_str().unwrap())
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            None => step["name"].as_str().unwrap().to_owned(),
        };
        steps.as_array().unwrap().iter().map(name).collect()
    };
    plan["workflows"].as_array().unwrap().iter().map(|workflow| of(&workflow["steps"]).join(" → ")).collect()
}

#[test]
fn a_plan_that_is_made_of_an_estate_passes_its_own_check() {
    let role = role("switch");
    let approver = self::role("approver");
    let health = arn("cloudwatch", WEST, "alarm:health");
    let given = [
        ("executionRole", role.as_str()),
        ("approvalRole", &approver),
        ("timeoutMinutes", "30"),
        ("web.targetPercent", "50"),
        ("alarm.health", &health),
    ];
    let found = made(&estate(), &wanted(&given));
    let proofs: Vec<_> = found.verify.iter().map(|it| (it.after.as_str(), it.check.as_str())).collect();
    assert_eq!(
        proofs,
        [
            ("promote orders", "orders-west takes writes"),
            ("switch all", "all-west takes writes"),
            ("switch over books", "books-west takes writes"),
        ]
    );
    let plan = serde_json::to_value(found.plan.unwrap()).unwrap();
    let steps = format!(
        "[enable {MAPPING}, promote orders, scale api, scale web, switch all, switch docs, switch graph, switch over books] → lead shop.example.com"
    );
    let forth = format!("approve → {steps}");
    assert_eq!(names(&plan), [forth.clone(), forth, "replicate orders".to_owned()]);
    let decide: Vec<&str> = found.findings.iter().filter(|it| it.decides).map(|it| it.message.as_str()).collect();
    assert_eq!(decide, Vec::<&str>::new());
    let left: Vec<&str> = found.left_out.iter().flat_map(|it| &it.names).map(String::as_str).collect();
    assert_eq!((found.answer, found.refused, left, found.region.as_str()), (Decision::Go, vec![], vec!["warm"], WEST));
    let known = look(&plan, &estate());
    assert_eq!((known.fatal, known.answer), (0, Decision::Go));
    let ids = |all: &[PayloadFinding]| {
        all.iter().map(|it| (it.id, it.pointer.clone(), it.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(ids(&known.findings), ids(&found.findings));
    let web = plan.pointer("/workflows/0/steps/1/executionBlockConfiguration/parallelConfig/steps/3").unwrap();
    let expected =
        json!({"asgs": [{"arn": group(EAST)}, {"arn": group(WEST)}], "targetPercent": 50, "timeoutMinutes": 30});
    assert_eq!(web["executionBlockConfiguration"]["ec2AsgCapacityIncreaseConfig"], expected);
    let head = json!({"recoveryApproach": "activePassive", "primaryRegion": EAST, "recoveryTimeObjectiveMinutes": 60, "executionRole": role,
        "associatedAlarms": {"health": {"alarmType": "applicationHealth", "resourceIdentifier": health}}});
    for (key, value) in head.as_object().unwrap() {
        assert_eq!(plan[key], *value);
    }
    let mut turned = estate();
    turned.reverse();
    assert_eq!(serde_json::to_value(made(&turned, &wanted(&given)).plan.unwrap()).unwrap(), plan);
}

#[test]
fn what_nobody_tells_is_asked_for_and_nothing_is_made_up() {
    let found = made(&estate(), &wanted(&[]));
    let first = &found.refused[0];
    assert_eq!(
        (first.names.clone(), found.plan, found.answer),
        (vec!["executionRole".to_owned()], None, Decision::NoGo)
    );
    let found = made(&estate(), &wanted(&[("executionRole", "switch"), ("targetPercent", "50")]));
    let why = "'switch' has not the form that is asked for: the call is refused";
    let refused: Vec<(&str, &[String])> = found.refused.iter().map(|it| (it.why.as_str(), &it.names[..])).collect();
    assert_eq!((refused, &found.plan), (vec![(why, &["executionRole".to_owned()][..])], &None));
    let error = made_by(&estate(), &config(), &wanted(&[("exectionRole", "x")])).unwrap_err();
    assert!(error.starts_with("there is no setting 'exectionRole' (did you mean 'executionRole'?)"), "{error}");
    let text = "recovery: [{from: us-east-1, to: us-west-2}]\napplications: {shop_1: {tags: {app: shop}}}\n";
    let unnamed = Loaded::parse("seaworthy.yaml", text).unwrap().config;
    let found = made_by(&estate(), &unnamed, &Wanted { application: "shop_1".to_owned(), ..wanted(&[]) }).unwrap();
    assert_eq!(found.refused[0].names, ["name", "executionRole", "recoveryApproach"]);
    let nowhere = Loaded::parse("seaworthy.yaml", "applications: {shop: {tags: {app: shop}}}\n").unwrap().config;
    assert_eq!(
        made_by(&estate(), &nowhere, &wanted(&[])).unwrap_err(),
        "no recovery pair names a region in which 'shop' has something"
    );
}

#[test]
fn what_cannot_be_switched_is_refused_and_the_rest_is_written_on_demand() {
    let mut resources = estate();
    let (small, headless) = (at(&resources, &group(WEST)), at(&resources, &arn("rds", WEST, "cluster:all-west")));
    resources[small]["capacity"]["max"] = json!(2);
    resources[headless]["redundancy"]["instances"] = json!(0);
    let replica = at(&resources, &arn("rds", WEST, "db:orders-west"));
    resources.remove(replica);
    let role = role("switch");
    let found = made(&resources, &wanted(&[("executionRole", &role)]));
    let refused: Vec<(String, String)> = found.refused.iter().map(|it| (it.names.join(" "), it.why.clone())).collect();
    let expected = [
        ("web", "'web' may run 2 in us-west-2, and 6 are asked for: 100 % of the 6 that run in us-east-1"),
        ("all", "'all-west' has no instance: it takes over, and nothing can read or write"),
        ("orders", "no replica in us-west-2: there is nothing to promote"),
    ];
    assert_eq!((refused, found.plan), (expected.map(|(name, why)| (name.to_owned(), why.to_owned())).to_vec(), None));
    let part = made(&resources, &Wanted { partial: true, ..wanted(&[("executionRole", &role)]) });
    let plan = serde_json::to_value(part.plan.unwrap()).unwrap();
    let steps =
        format!("[enable {MAPPING}, scale api, switch docs, switch graph, switch over books] → lead shop.example.com");
    assert_eq!((names(&plan), part.answer), (vec![steps.clone(), steps], Decision::NoGo));
}

#[test]
fn an_active_active_application_gets_a_way_out() {
    let text = format!(
        "recovery: [{{from: {EAST}, to: {WEST}}}]\napplications: {{shop: {{tags: {{app: shop}}, pattern: active-active}}}}\n"
    );
    let config = Loaded::parse("seaworthy.yaml", &text).unwrap().config;
    let mut resources = estate();
    resources
        .retain(|it| !it["kind"].as_str().unwrap().starts_with("aws.rds.") || it["kind"] == "aws.rds.global-cluster");
    let gated = |resources: &mut Vec<Value>, own: &str| {
        let check = json!({"health_check": {"enabled": true, "protocol": "recovery_control", "inverted": false, "children": [], "routing_control": control(own)}});
        resources.push(resource(
            "aws.route53.health-check",
            &format!("arn:aws:route53:::healthcheck/{own}"),
            None,
            &check,
        ));
    };
    gated(&mut resources, "east");
    gated(&mut resources, "west");
    let role = role("switch");
    let found = made_by(&resources, &config, &wanted(&[("executionRole", &role), ("targetPercent", "50")])).unwrap();
    let plan = serde_json::to_value(found.plan.unwrap()).unwrap();
    assert_eq!((plan["recoveryApproach"].as_str(), plan.get("primaryRegion")), (Some("activeActive"), None));
    assert_eq!(
        names(&plan),
        [
            format!("[enable {MAPPING}, scale api, scale web, switch docs, switch graph] → switch shop.example.com"),
            format!("disable {MAPPING} → switch off shop.example.com")
        ]
    );
    let off = plan
        .pointer("/workflows/1/steps/1/executionBlockConfiguration/arcRoutingControlConfig/regionAndRoutingControls")
        .unwrap();
    assert_eq!(
        *off,
        json!({EAST: [{"routingControlArn": control("east"), "state": "Off"}], WEST: [{"routingControlArn": control("west"), "state": "Off"}]})
    );
}

#[test]
fn steps_of_things_with_one_name_have_names_of_their_own() {
    let mut resources = estate();
    for it in &mut resources {
        if it["kind"] == "aws.autoscaling.group" {
            it["name"] = json!("api");
        }
    }
    let role = role("switch");
    let found = made(&resources, &wanted(&[("executionRole", &role), ("api.targetPercent", "50")]));
    let plan = serde_json::to_value(found.plan.unwrap()).unwrap();
    let steps = plan
        .pointer("/workflows/0/steps/0/executionBlockConfiguration/parallelConfig/steps")
        .unwrap()
        .as_array()
        .unwrap();
    let names: Vec<&str> =
        steps.iter().filter_map(|step| step["name"].as_str()).filter(|name| name.starts_with("scale")).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&"scale api") && names.iter().any(|name| name.starts_with("scale api by ")), "{names:?}");
}
