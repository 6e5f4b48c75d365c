//! Which of several instances a list means, from a plan that Terraform made and the code that it was made of.

use std::collections::BTreeMap;
use std::path::Path;

use crate::collect::source::Code;
use crate::collect::terraform::{StatedPlaces, read_placed};
use crate::model::{Rel, Timestamp};

const PLAN: &str = include_str!("../../../../fixtures/plans/lists/plan.json");

/// The subnets of every subnet group, by its name. `None`: they are not known.
fn subnets(plan: &str, code: Option<&Path>) -> BTreeMap<String, Option<Vec<String>>> {
    let code = code.map(|at| Code { here: at.to_owned(), base: at.to_owned(), search: false });
    let stated = StatedPlaces { code, ..StatedPlaces::default() };
    let bytes = plan.as_bytes().to_vec();
    let input = read_placed(bytes, "plan.json", Timestamp::UNIX_EPOCH, &stated, None).unwrap();
    let is_group = |address: &str| address.contains("aws_elasticache_subnet_group");
    let all = input.inventory.resources.into_iter();
    let groups = all.filter(|one| one.origin.address.as_deref().is_some_and(is_group));
    let known = groups.map(|one| {
        let links = one.links.iter().filter(|link| link.rel == Rel::InSubnet).map(|link| link.to.clone()).collect();
        (one.name, (!one.unknown.contains_key("network.subnets")).then_some(links))
    });
    known.collect()
}

fn fixture() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plans/lists")
}

#[test]
fn the_code_tells_one_instance_from_some_and_from_all() {
    insta::assert_json_snapshot!(subnets(PLAN, Some(&fixture())));
}

#[test]
fn without_the_code_only_what_is_named_by_its_key_is_known() {
    let known: Vec<_> = subnets(PLAN, None).into_iter().filter_map(|(name, subnets)| Some((name, subnets?))).collect();
    let both = [r#"aws_subnet.x["a"]"#, "aws_subnet.y[0]"].map(str::to_owned).to_vec();
    assert_eq!(known, [("two-instances".to_owned(), both)]);
}

#[test]
fn a_plan_that_leaves_something_out_does_not_show_all_instances() {
    let part = PLAN.replacen("\"complete\":true", "\"complete\":false", 1);
    assert_ne!(part, PLAN);
    let whole = subnets(PLAN, Some(&fixture()));
    let lost: Vec<_> = subnets(&part, Some(&fixture()))
        .into_iter()
        .filter(|(name, known)| *known != whole[name])
        .map(|it| it.0)
        .collect();
    let every = [
        "by-a-local",
        "by-an-output",
        "by-the-key-of-a-module-a",
        "by-the-key-of-a-module-b",
        "by-the-outputs-of-all",
        "by-two-locals",
        "each-by-for",
        "each-of-a-count",
        "each-of-a-map",
        "handed-in",
        "none-and-some",
        "part-of-an-object",
        "two-lists",
    ];
    assert_eq!(lost, every);
}

#[test]
fn code_that_refers_to_something_else_than_the_plan_is_of_another_day() {
    let dir = tempfile::tempdir().unwrap();
    let code = std::fs::read_to_string(fixture().join("main.tf")).unwrap();
    let changed = code.replace("subnet_ids = aws_subnet.y[*].id", "subnet_ids = aws_subnet.n[*].id");
    assert_ne!(changed, code);
    std::fs::write(dir.path().join("main.tf"), changed).unwrap();
    let known = subnets(PLAN, Some(dir.path()));
    assert_eq!(
        [&known["each-of-a-count"], &known["each-by-for"]],
        [&None, &subnets(PLAN, Some(&fixture()))["each-by-for"]]
    );
}

#[test]
fn code_in_json_tells_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let group = |ids: &str| serde_json::json!({"subnet_ids": format!("${{{ids}}}")});
    let code = serde_json::json!({
        "resource": {"aws_elasticache_subnet_group": {
            "each_of_a_count": group("aws_subnet.y[*].id"),
            "by_two_locals": group("local.all"),
            "filtered": group("[for s in aws_subnet.x : s.id if s.arn != null]"),
            "two_lists": {"subnet_ids": ["${aws_subnet.x[\"a\"].id}", "${one(aws_subnet.y[*].id)}"]}
        }},
        "locals": {"ids": "${values(aws_subnet.x)[*].id}", "all": "${concat(local.ids, aws_subnet.y[*].id)}"},
        "output": {"subnets": {"value": "${local.ids}"}}
    });
    std::fs::write(dir.path().join("main.tf.json"), code.to_string()).unwrap();
    let (json, hcl) = (subnets(PLAN, Some(dir.path())), subnets(PLAN, Some(&fixture())));
    let both = |name: &str| [json[name].clone(), hcl[name].clone()];
    for name in ["each-of-a-count", "by-two-locals", "filtered"] {
        let [json, hcl] = both(name);
        assert_eq!(json, hcl, "{name}");
    }
    assert!(json["by-two-locals"].is_some());
}
