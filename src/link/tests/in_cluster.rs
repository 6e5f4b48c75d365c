//! Add-ons and access entries: what the cluster that stands in has of them.

use serde_json::{Value, json};

use super::*;

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";
const UNKNOWN: &str = "?";

/// A cluster of that name but for its region, with what is told of it.
fn cluster(region: &str, facts: Value) -> Value {
    let mut kubernetes = json!({"cluster": null, "auto_mode": false, "authentication_mode": "api"});
    kubernetes.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    kubernetes.as_object_mut().unwrap().retain(|_, fact| fact != UNKNOWN);
    json!({
        "id": arn("eks", region, &format!("cluster/shop-{region}")), "kind": "aws.eks.cluster",
        "name": format!("shop-{region}"), "place": place(region), "tags": {},
        "status": {"state": "active", "healthy": true}, "kubernetes": kubernetes,
    })
}

fn part(region: &str, kind: &str, name: &str, facts: Value) -> Value {
    let mut kubernetes = json!({"cluster": format!("shop-{region}")});
    kubernetes.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    json!({
        "id": arn("eks", region, &format!("{name}/1")), "kind": kind, "name": name, "place": place(region), "tags": {},
        "kubernetes": kubernetes,
    })
}

fn add_on(region: &str, name: &str) -> Value {
    let mut add_on = part(region, "aws.eks.add-on", name, json!({}));
    add_on["status"] = json!({"state": "active", "healthy": true});
    add_on
}

fn entry(region: &str, principal: &str) -> Value {
    let name = principal.rsplit("::").next().unwrap().split_once(':').unwrap().1;
    part(region, "aws.eks.access-entry", name, json!({"principal": principal, "access_type": "standard"}))
}

fn role(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

/// How the counterpart of the first was found, and which it is, with the cluster that was looked in; or why neither is
/// known.
fn found(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> String {
    let id = resources[0]["id"].as_str().unwrap().to_owned();
    let all = joined(inventory(resources, coverage), &paired(), &id);
    if let Some(reason) = all["unknown"]["joined.counterpart"].as_str() {
        return format!("unknown: {reason}");
    }
    let (cluster, counterpart) = (&all["joined"]["counterpart_cluster"], &all["joined"]["counterpart"]);
    match counterpart["how"].as_str() {
        Some(how) => {
            format!("{cluster}: {how} {}, usable {}", counterpart["id"].as_str().unwrap(), counterpart["usable"])
        }
        None => format!("{cluster}: {counterpart}"),
    }
}

fn said(cases: &[(&str, String)]) -> String {
    cases.iter().map(|(name, said)| format!("{name}: {said}\n")).collect()
}

#[test]
fn an_add_on_is_told_by_its_name() {
    let all = |name: &str, there: Value, rest: Vec<Value>| {
        let clusters = vec![add_on(EAST, name), cluster(EAST, json!({})), cluster(WEST, there)];
        found([clusters, rest].concat(), ALL_SEEN)
    };
    let (csi, plain, auto) = ("aws-ebs-csi-driver", json!({}), json!({"auto_mode": true}));
    let denied = [ALL_SEEN, &[(ACCOUNT, WEST, "eks", "denied")]].concat();
    let mut unread = add_on(WEST, csi);
    unread.as_object_mut().unwrap().remove("status");
    let cases = [
        ("same name", all(csi, plain.clone(), vec![add_on(WEST, csi)])),
        ("not described", all(csi, plain.clone(), vec![unread])),
        ("another", all(csi, plain.clone(), vec![add_on(WEST, "vpc-cni")])),
        ("auto mode", all(csi, auto.clone(), vec![])),
        ("not in auto mode", all("adot", auto, vec![])),
        ("auto mode not known", all(csi, json!({"auto_mode": UNKNOWN}), vec![])),
        ("of every new cluster", all("coredns", plain, vec![])),
        ("no cluster there", found(vec![add_on(EAST, csi), cluster(EAST, json!({}))], ALL_SEEN)),
        ("not seen there", found(vec![add_on(EAST, csi), cluster(EAST, json!({}))], &denied)),
        ("no cluster here", found(vec![add_on(EAST, csi)], ALL_SEEN)),
        ("list broke off", found(vec![add_on(EAST, csi), cluster(EAST, json!({})), cluster(WEST, json!({}))], &denied)),
    ];
    insta::assert_snapshot!(said(&cases), @r#"
    same name: "shop-us-west-2": same-name arn:aws:eks:us-west-2:111122223333:aws-ebs-csi-driver/1, usable true
    not described: "shop-us-west-2": same-name arn:aws:eks:us-west-2:111122223333:aws-ebs-csi-driver/1, usable null
    another: "shop-us-west-2": null
    auto mode: "shop-us-west-2": auto-mode arn:aws:eks:us-west-2:111122223333:cluster/shop-us-west-2, usable true
    not in auto mode: "shop-us-west-2": null
    auto mode not known: unknown: whether EKS Auto Mode is on is not known
    of every new cluster: unknown: shop-us-west-2 may run its own coredns, as every new cluster does, which is not read
    no cluster there: null: null
    not seen there: unknown: eks:List denied in 111122223333 · us-west-2
    no cluster here: unknown: its cluster was not found
    list broke off: unknown: eks:List denied in 111122223333 · us-west-2
    "#);
}

#[test]
fn an_entry_is_told_by_its_principal() {
    let all = |principal: &str, there: Value, rest: Vec<Value>| {
        let clusters = vec![entry(EAST, principal), cluster(EAST, json!({})), cluster(WEST, there)];
        found([clusters, rest].concat(), ALL_SEEN)
    };
    let (deploy, api) = (role("deploy"), json!({}));
    let mode = |mode: &str| json!({"authentication_mode": mode});
    let of_nodes = |name: &str| {
        let mut nodes = entry(WEST, &role(name));
        nodes["kubernetes"]["access_type"] = json!("ec2_linux");
        nodes
    };
    let linked = role("aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS");
    let cases = [
        ("same", all(&deploy, api.clone(), vec![entry(WEST, &deploy)])),
        (
            "region in the name",
            all(&role("deploy-us-east-1"), api.clone(), vec![entry(WEST, &role("deploy-us-west-2"))]),
        ),
        ("a user of that name", all(&deploy, api.clone(), vec![entry(WEST, "arn:aws:iam::111122223333:user/deploy")])),
        ("of another account", all(&deploy, api.clone(), vec![entry(WEST, "arn:aws:iam::444455556666:role/deploy")])),
        ("nobody", all(&deploy, api.clone(), vec![])),
        ("nobody, in code", {
            let mut clusters = vec![entry(EAST, &deploy), cluster(EAST, json!({})), cluster(WEST, json!({}))];
            clusters.iter_mut().for_each(|one| one["origin"] = json!({"source": "terraform-plan"}));
            found(clusters, ALL_SEEN)
        }),
        ("nodes and services only", all(&deploy, api.clone(), vec![of_nodes("nodes"), entry(WEST, &linked)])),
        ("another", all(&deploy, api.clone(), vec![entry(WEST, &role("release"))])),
        ("another that has its own", {
            let rest = vec![entry(EAST, &role("release")), entry(WEST, &role("release"))];
            all(&deploy, api, rest)
        }),
        ("config map, too", all(&deploy, mode("api_and_config_map"), vec![])),
        ("config map only", all(&deploy, mode("config_map"), vec![entry(WEST, &deploy)])),
        ("mode not known", all(&deploy, mode(UNKNOWN), vec![])),
    ];
    insta::assert_snapshot!(said(&cases), @r#"
    same: "shop-us-west-2": same-name arn:aws:eks:us-west-2:111122223333:role/deploy/1, usable true
    region in the name: "shop-us-west-2": region-in-name arn:aws:eks:us-west-2:111122223333:role/deploy-us-west-2/1, usable true
    a user of that name: unknown: whether user/deploy, which shop-us-west-2 lets in, is to work in its place is not known
    of another account: unknown: whether role/deploy, which shop-us-west-2 lets in, is to work in its place is not known
    nobody: "shop-us-west-2": null
    nobody, in code: unknown: whether it is who creates shop-us-west-2 and is let in by that is not known
    nodes and services only: "shop-us-west-2": null
    another: unknown: whether role/release, which shop-us-west-2 lets in, is to work in its place is not known
    another that has its own: "shop-us-west-2": null
    config map, too: unknown: who may use shop-us-west-2 is said in its config map aws-auth, which is not read
    config map only: unknown: who may use shop-us-west-2 is said in its config map aws-auth, which is not read
    mode not known: unknown: where it is said who may use the cluster is not known
    "#);
}

#[test]
fn code_names_a_role_whose_arn_is_not_known_yet() {
    let code = |region: &str| {
        let mut entry = entry(region, &role("deploy"));
        entry["kubernetes"].as_object_mut().unwrap().remove("principal");
        entry["links"] = json!([{"rel": "admits", "to": role("deploy")}]);
        entry
    };
    let of_account = json!({"account": ACCOUNT, "region": null});
    let role = json!({"id": role("deploy"), "kind": "aws.iam.role", "name": "deploy", "place": of_account, "tags": {}});
    let clusters = vec![cluster(EAST, json!({})), cluster(WEST, json!({}))];
    let both = [vec![code(EAST), code(WEST), role], clusters.clone()].concat();
    let without_role = [vec![code(EAST), code(WEST)], clusters].concat();
    let cases = [("both", found(both, ALL_SEEN)), ("role not found", found(without_role, ALL_SEEN))];
    insta::assert_snapshot!(said(&cases), @r#"
    both: "shop-us-west-2": same-name arn:aws:eks:us-west-2:111122223333:role/deploy/1, usable true
    role not found: unknown: whom it lets in is not known
    "#);
}
