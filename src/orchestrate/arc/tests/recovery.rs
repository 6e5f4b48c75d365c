//! A plan beside the recovery of its application.

use super::estates::estate;
use super::*;
use crate::model::Timestamp;
use crate::result::{Asked, Data, GraphResource, Implemented, Known, Step, Time};

pub(super) fn recovery(rows: &[(&str, &str, StepState, &[u32])]) -> Readiness {
    let step = |(number, (id, title, state, waits)): (u32, &(&str, &str, StepState, &[u32]))| Step {
        number,
        layer: number,
        resource: GraphResource {
            id: (*id).to_owned(),
            kind: String::new(),
            title: (*title).to_owned(),
            name: id.rsplit([':', '/']).next().unwrap().to_owned(),
            account: ACCOUNT.to_owned(),
            region: EAST.to_owned(),
        },
        class: String::new(),
        state: *state,
        how: "no key in us-west-2".to_owned(),
        by: None,
        shared: false,
        waits_for: waits.to_vec(),
        behind: Vec::new(),
        seconds: None,
        basis: None,
    };
    Readiness {
        tool_version: String::new(),
        generated_at: Timestamp::UNIX_EPOCH,
        collected_at: Timestamp::UNIX_EPOCH,
        sources: Vec::new(),
        application: "shop".to_owned(),
        recovery_region: WEST.to_owned(),
        from: Vec::new(),
        decision: Decision::Go,
        sentence: String::new(),
        objective: Asked::default(),
        implemented: Implemented::default(),
        blockers: Vec::new(),
        risks: Vec::new(),
        unknowns: Vec::new(),
        steps: (1..).zip(rows).map(step).collect(),
        left_out: Vec::new(),
        data: Data::default(),
        time: Time::default(),
        evidence: Known::default(),
        to_do: Vec::new(),
        notices: Vec::new(),
        since: None,
        report: None,
    }
}

fn look_beside(plan: &Value, told: &Readiness) -> PlanPreflight {
    let inventory = inventory(&estate());
    let now = inventory.collected_at;
    check(&plan.to_string(), &config(), Some((inventory, now)), &|names, to| {
        assert_eq!((names, to), (&["shop".to_owned()][..], WEST));
        vec![told.clone()]
    })
}

/// Without the steps of which nobody knows what they do.
fn without_custom() -> Value {
    let mut plan = plan();
    for workflow in [0, 1] {
        let steps = plan["workflows"][workflow]["steps"].as_array_mut().unwrap();
        steps.retain(|step| !["warm", "others"].contains(&step["name"].as_str().unwrap()));
    }
    plan
}

#[test]
fn what_no_step_brings_back_is_told_with_its_state() {
    let orders = arn("rds", EAST, "db:orders");
    let rows: &[(&str, &str, StepState, &[u32])] = &[
        ("arn:aws:kms:us-east-1:1:key/a", "KMS key", StepState::Ready, &[]),
        ("arn:aws:kms:us-east-1:1:key/b", "KMS key", StepState::Blocked, &[]),
        ("arn:aws:secretsmanager:us-east-1:1:secret:c", "secret", StepState::Unknown, &[]),
        (&orders, "RDS instance", StepState::Blocked, &[1]),
        ("arn:aws:rds:us-east-1:1:db:other", "RDS instance", StepState::ToPromote, &[]),
        ("Z1/x", "Route 53 record", StepState::ToSwitch, &[]),
    ];
    let told = recovery(rows);
    let found = look_beside(&without_custom(), &told);
    let well = look(&without_custom(), &estate());
    assert_eq!(
        more(&found, &well),
        [
            "fatal blocked /workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps/0",
            "fatal blocked-and-not-covered /workflows",
            "fatal not-promoted /workflows",
            "risk not-covered /workflows",
            "unknown not-known-and-not-covered /workflows",
        ]
    );
    let rows: Vec<(StepState, &str, Vec<String>)> =
        found.uncovered.iter().map(|row| (row.state, row.what.as_str(), row.names.clone())).collect();
    let names = |name: &str| vec![name.to_owned()];
    assert_eq!(
        rows,
        [
            (StepState::Ready, "KMS key", names("a")),
            (StepState::ToPromote, "RDS instance", names("other")),
            (StepState::ToSwitch, "Route 53 record", names("x")),
            (StepState::Unknown, "secret", names("c")),
            (StepState::Blocked, "KMS key", names("b")),
        ]
    );
    let messages: Vec<&str> =
        found.findings.iter().filter(|it| it.id == "blocked-and-not-covered").map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["no step of the plan brings them back in us-west-2, and something stands in their way: 1 KMS key (b)"]
    );
    // Where somebody's own code runs, it may bring them back.
    let found = look_beside(&plan(), &told);
    let well = look(&plan(), &estate());
    assert_eq!(
        more(&found, &well),
        [
            "fatal blocked /workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps/0",
            "fatal blocked-and-not-covered /workflows",
            "unknown not-covered /workflows",
            "unknown not-known-and-not-covered /workflows",
            "unknown not-promoted /workflows",
        ]
    );
}

#[test]
fn a_step_before_one_that_it_needs_is_told() {
    let (orders, books, api) =
        (arn("rds", EAST, "db:orders"), arn("rds", EAST, "db:books"), arn("ecs", EAST, "service/shop/api"));
    let rows = |waits: [&'static [u32]; 3]| {
        recovery(&[
            (&orders, "RDS instance", StepState::ToPromote, waits[0]),
            (&books, "RDS instance", StepState::ToPromote, waits[1]),
            (&api, "ECS service", StepState::ToStart, waits[2]),
        ])
    };
    let well = look(&without_custom(), &estate());
    let said = |told: &Readiness| more(&look_beside(&without_custom(), told), &well);
    assert_eq!(said(&rows([&[], &[], &[1, 2]])), Vec::<String>::new());
    const INNER: &str = "/workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps";
    assert_eq!(said(&rows([&[], &[1], &[]])), [format!("risk before-what-it-needs {INNER}/1")]);
    assert_eq!(said(&rows([&[3], &[], &[]])), [format!("risk before-what-it-needs {INNER}/0")]);
    // Those that need each other have no order.
    assert_eq!(said(&rows([&[2], &[1], &[]])), Vec::<String>::new());
    let found = look_beside(&without_custom(), &rows([&[3], &[1], &[]]));
    let told: Vec<&str> =
        found.findings.iter().filter(|it| it.id == "before-what-it-needs").map(|it| it.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "'promote' is run before 'services', and needs what that brings back",
            "'oracle' is run beside 'promote', and needs what that brings back",
        ]
    );
}

#[test]
fn where_the_recovery_cannot_be_told_what_is_missing_is_not_known() {
    let look = |config: &Config| {
        let inventory = inventory(&estate());
        let now = inventory.collected_at;
        check(&plan().to_string(), config, Some((inventory, now)), &|_, _| Vec::new())
    };
    let well = super::look(&plan(), &estate());
    assert_eq!(more(&look(&config()), &well), ["unknown recovery-not-known /workflows"]);
    let text = "applications: {shop: {tags: {app: shop}, rto: 1h}}\n";
    let without = Loaded::parse("seaworthy.yaml", text).unwrap().config;
    assert_eq!(more(&look(&without), &well), ["unknown recovery-not-known /workflows"]);
}
