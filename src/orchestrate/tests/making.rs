//! A payload that is made of an estate.

use super::*;

#[test]
fn a_payload_that_is_made_of_an_estate_has_all_that_can_be_recovered() {
    let found = made(&estate(), &wanted());
    let mut expected = payload();
    // Nothing needs anything else: all of it goes side by side.
    let carts = expected["StatePayload"].as_array_mut().unwrap().pop().unwrap()["resources"][0].clone();
    expected["StatePayload"][0]["resources"].as_array_mut().unwrap().push(carts);
    assert_eq!(serde_json::to_value(found.payload.unwrap()).unwrap(), expected);
    assert_eq!(
        (found.answer, found.region.as_str(), found.refused, found.findings),
        (Decision::Go, WEST, vec![], vec![])
    );
    let left: Vec<_> = found.left_out.iter().map(|it| (it.what.as_str(), it.names.clone())).collect();
    assert_eq!(left, [("KMS key", vec!["k".to_owned()])]);
    let told = |check: &str, writer: Value| Some(json!({"name": check, "writer": writer}).to_string());
    let proofs: Vec<_> =
        found.verify.iter().map(|it| (it.after.as_str(), it.check.as_str(), it.declaration.clone())).collect();
    assert_eq!(
        proofs,
        [
            (
                "orders",
                "orders-west takes writes",
                told("orders-west takes writes", json!({"instance": "orders-west"}))
            ),
            ("all", "all-west takes writes", told("all-west takes writes", json!({"cluster": "all-west"}))),
        ]
    );
    // Where the application has such a check, that one is named.
    let checks =
        "applications: {shop: {tags: {app: shop}, checks: [{name: writer, writer: {instance: 'orders-{region}'}}]}}\n";
    let own = Loaded::parse("seaworthy.yaml", checks).unwrap().config;
    let promoted = || [("orders".to_owned(), proofs::Promoted::Instance(format!("orders-{WEST}")))];
    let found = proofs::proofs(&own, "shop", WEST, promoted());
    assert_eq!((found[0].check.as_str(), &found[0].declaration), ("writer", &None));
    assert!(proofs::proofs(&own, "shop", EAST, promoted())[0].declaration.is_some());
    let planned = made(&estate(), &Wanted { planned: true, ..wanted() });
    let types: Vec<String> =
        planned.payload.unwrap().layers.remove(0).resources.into_iter().map(|step| step.resource_type).collect();
    assert_eq!(types, ["PromoteRDSReadReplica", "PlannedFailoverAurora", "FailoverElastiCacheCluster"]);
}

#[test]
fn what_cannot_be_recovered_is_refused_and_nothing_is_written_without_a_word() {
    let mut resources = estate();
    resources[REPLICA]["replication"]["healthy"] = json!(false);
    let refused =
        |found: &Orchestration| found.refused.iter().map(|it| (it.names.join(" "), it.why.clone())).collect::<Vec<_>>();
    let broken =
        ("orders".to_owned(), "'orders-west' does not follow its source (replicating): what it has is old".to_owned());
    let found = made(&resources, &wanted());
    assert_eq!((refused(&found), found.payload.is_none(), found.answer), (vec![broken.clone()], true, Decision::NoGo));
    let part = made(&resources, &Wanted { partial: true, ..wanted() });
    assert_eq!((refused(&part), part.payload.map(|it| it.layers[0].resources.len())), (vec![broken], Some(2)));
    resources.remove(REPLICA);
    let none = ("orders".to_owned(), "no replica in us-west-2: there is nothing to promote".to_owned());
    assert_eq!(refused(&made(&resources, &wanted())), [none]);
}

#[test]
fn whatever_an_estate_has_the_payload_made_of_it_passes_and_no_source_is_missing() {
    let mut seed = 11_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..60 {
        let mut resources = estate();
        let mut sources = vec!["orders".to_owned(), "all".to_owned(), "carts".to_owned()];
        for number in 0..random(14) {
            let name = format!("db-{number}");
            let id = arn("rds", EAST, &format!("db:{name}"));
            resources.push(instance(
                EAST,
                &name,
                &json!({"role": "primary", "replicas": [], "source": null, "global": null}),
                None,
            ));
            if random(4) > 0 {
                let healthy = random(4) > 0;
                let follows = json!({"role": "replica", "source": id, "replicas": [], "global": null, "healthy": healthy, "lag_seconds": 1.0});
                let mut replica = instance(WEST, &format!("{name}-west"), &follows, None);
                if random(5) == 0 {
                    replica.as_object_mut().unwrap().remove("encryption");
                }
                resources.push(replica);
            }
            sources.push(name);
        }
        let found = made(&resources, &Wanted { partial: true, ..wanted() });
        let steps: Vec<String> = found
            .payload
            .iter()
            .flat_map(|it| &it.layers)
            .flat_map(|it| &it.resources)
            .map(|it| it.resource_name.clone())
            .collect();
        let mut named: Vec<String> = found.refused.iter().flat_map(|it| it.names.clone()).chain(steps).collect();
        named.sort();
        sources.sort();
        assert_eq!(named, sources);
        assert!(found.payload.iter().flat_map(|it| &it.layers).all(|it| it.resources.len() <= 5));
        let text = serde_json::to_string_pretty(&found.payload).unwrap();
        let seen = inventory(&[resources.as_slice(), &framework::functions(WEST, None)].concat());
        let now = seen.collected_at;
        let again = check(&text, &Asked::default(), &config(), Some((seen, now)));
        assert_eq!((again.fatal, again.findings), (0, found.findings.clone()));
        resources.reverse();
        assert_eq!(made(&resources, &Wanted { partial: true, ..wanted() }), found);
    }
}
