//! Several providers in one plan. The reader is given them, and what it takes from one it takes from any.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::super::attrs::Attrs;
use super::super::mapping::{Reach, Type};
use super::super::maps::{Mapping, Maps, Service, Understood};
use super::super::place::{Stated, StatedOf, StatedPlaces};
use super::super::provider::{AccountFrom, Provider, Says, Told};
use super::super::registry::Registry;
use super::super::{aws, read, read_by};
use crate::model::{Fact, Rel, Resource, Tags, Timestamp};

/// A provider that calls everything otherwise: ids are `cloud://project/location/name`.
static CLOUD: &Provider = &Provider {
    name: "cloud",
    addresses: &["registry.terraform.io/example/cloud"],
    prefix: "cloud_",
    common: &["id", "labels", "location"],
    global_id: "link",
    is_global_id: |text| text.starts_with("cloud://"),
    place_of_id: |id| {
        let mut words = id.split('/').skip(2);
        Told { account: words.next(), region: words.next() }
    },
    region: |values, link| {
        let said = |name: &str| values.get(name).and_then(Value::as_str);
        said(link).and_then(|link| link.split('/').nth(3)).or_else(|| said("location"))
    },
    is_region: |text| text.starts_with("town"),
    is_account: |text| !text.is_empty(),
    region_argument: "location",
    leaves_region: |_, expressions| Ok(expressions.get().contains("\"location\"")),
    identity: |_| Vec::new(),
    witness: |_, _, _| None,
    block: |expressions: &RawValue| {
        let all: Value = serde_json::from_str(expressions.get())?;
        let project = all.get("project").cloned();
        let read = |project: &Value| project.as_str().map(str::to_owned);
        Ok(Says {
            region: all.get("location").cloned(),
            accounts: project.map(|expression| AccountFrom { expression, read }).into_iter().collect(),
            ..Says::default()
        })
    },
    secrets: &[],
    copies: &[],
    outlive: &[],
    is_variable: |_| false,
};

const SERVICE: Service = Service {
    types: &[&[Mapping {
        of: Type {
            provider: CLOUD,
            name: "cloud_database",
            kind: Some("aws.rds.instance"),
            global_id: "link",
            names: &["title"],
            reach: Reach::Region,
            unique: "",
            facts: &[],
            reads: &["source"],
        },
        maps: Maps::Resource(database),
    }]],
    parts: &[],
    finishers: &[],
    comparers: &[],
};

fn database(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.replication.get_or_insert_default().source =
        attrs.link(resource, Rel::ReplicaOf, "replication.source", "source", &["cloud_database"]);
}

fn labels(attrs: &Attrs<'_>) -> Fact<Tags> {
    attrs.text("id").map(|id| Tags::from([("label".to_owned(), id)]))
}

const PROVIDERS: &[Understood] = &[aws::UNDERSTOOD, Understood { provider: CLOUD, services: &[SERVICE], tags: labels }];

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::new(PROVIDERS));

/// A row of `resource_changes` and its block.
fn row(address: &str, key: &str, provider: &str, after: Value, expressions: Value) -> Value {
    let (kind, name) = address.split_once('.').unwrap();
    json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_name": provider,
        "provider_config_key": key, "expressions": expressions,
        "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": {"link": true, "arn": true}}})
}

fn plan() -> Vec<u8> {
    let constant = |text: &str| json!({ "constant_value": text });
    let cloud = "registry.terraform.io/example/cloud";
    let rows = [
        row("cloud_database.a", "cloud", cloud, json!({"title": "orders", "id": "1"}), json!({})),
        row("cloud_database.b", "cloud.far", cloud, json!({"title": "b", "link": "cloud://own/town9/b"}), json!({})),
        row("cloud_database.c", "cloud", cloud, json!({"title": "c", "source": "orders"}), json!({})),
        row("cloud_database.d", "cloud", cloud, json!({"title": "d", "source": "cloud://own/town9/b"}), json!({})),
        row("aws_dynamodb_table.e", "aws", "registry.terraform.io/hashicorp/aws", json!({"name": "e"}), json!({})),
    ];
    let providers = json!({
        "cloud": {"name": "cloud", "full_name": cloud,
            "expressions": {"location": constant("town1"), "project": constant("shop")}},
        "cloud.far": {"name": "cloud", "full_name": cloud, "alias": "far", "expressions": {}},
        "aws": {"name": "aws", "expressions": {"region": constant("us-east-1")}},
        // Of a provider that is not understood nothing is read, however it is written.
        "other": {"name": "other", "expressions": {"assume_role": constant("x"), "region": 7}},
    });
    let plan = json!({"resource_changes": rows,
        "configuration": {"provider_config": providers, "root_module": {"resources": rows}}});
    plan.to_string().into_bytes()
}

#[test]
fn each_provider_is_read_by_what_is_known_of_it() {
    let stated = |of: StatedOf, word: &str| Stated { of, word: word.to_owned(), from: "--plan-account".to_owned() };
    let stated = StatedPlaces {
        accounts: vec![
            stated(StatedOf::Provider("aws".to_owned()), "111111111111"),
            stated(StatedOf::Default, "not asked, because it is written"),
        ],
        ..StatedPlaces::default()
    };
    let input = read_by(&REGISTRY, plan(), "plan.json", Timestamp::UNIX_EPOCH, &stated, None).unwrap();
    let word = |fact: &Fact<String>| fact.text().unwrap_or("?").to_owned();
    let of = |resource: &Resource| {
        let source = resource.replication.as_ref().map_or("?".to_owned(), |facts| word(&facts.source));
        let tags = resource.tags.known().map_or(0, |tags| tags.len());
        [resource.id.clone(), word(&resource.place.account), word(&resource.place.region), source, tags.to_string()]
            .join(" ")
    };
    let found: Vec<String> = input.inventory.resources.iter().map(of).collect();
    assert_eq!(
        found,
        [
            "aws_dynamodb_table.e 111111111111 us-east-1 ? 0",
            "cloud://own/town9/b own town9 ? 0",
            "cloud_database.a shop town1 ? 1",
            "cloud_database.c shop town1 cloud_database.a 0",
            "cloud_database.d shop town1 cloud://own/town9/b 0",
        ]
    );
    assert_eq!(input.not_understood, Default::default());
}

#[test]
fn types_of_a_provider_that_is_not_understood_are_counted() {
    let input = read(plan(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
    let found: Vec<&str> = input.inventory.resources.iter().map(|resource| resource.id.as_str()).collect();
    assert_eq!(found, ["aws_dynamodb_table.e"]);
    assert_eq!(input.not_understood, [("cloud_database".to_owned(), 4)].into());
}

/// A second mapping of a type would take the place of the first in silence.
#[test]
fn each_type_is_mapped_once_and_by_its_own_provider() {
    let all = super::super::PROVIDERS.iter().flat_map(|understood| {
        let types = understood.services.iter().flat_map(|service| service.types).copied().flatten();
        types.map(|mapping| (understood.provider, &mapping.of))
    });
    let mut names = BTreeSet::new();
    let wrong: Vec<&str> = all
        .filter(|(provider, kind)| {
            let is_own = kind.provider.name == provider.name && kind.name.starts_with(provider.prefix);
            !names.insert(kind.name) || !is_own
        })
        .map(|(_, kind)| kind.name)
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
}
