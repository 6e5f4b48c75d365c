//! The JSON Schemas in `reports/schema` are those of the types. `SEAWORTHY_BLESS=1` writes them anew.

use std::path::Path;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use seaworthy::config::Config;
use seaworthy::model::{Header, Resource};
use serde_json::Value;

const HOME: &str = "https://raw.githubusercontent.com/seaworthy-dr/seaworthy/main/reports/schema";

/// A line of an inventory file: the first is the header, and every other a resource.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
enum InventoryLine {
    Header(Header),
    Resource(Box<Resource>),
}

fn schema<T: JsonSchema>(file: &str, title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), format!("{HOME}/{file}").into());
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

fn assert_fresh(file: &str, schema: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/schema").join(file);
    let text = format!("{schema:#}\n");
    if std::env::var_os("SEAWORTHY_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "{} is stale: SEAWORTHY_BLESS=1 cargo test schema", path.display());
}

#[test]
fn the_schema_of_the_configuration_is_fresh() {
    assert_fresh("config-v1.json", &schema::<Config>("config-v1.json", "Seaworthy configuration"));
}

#[test]
fn the_schema_of_the_inventory_is_fresh() {
    assert_fresh("inventory-v1.json", &schema::<InventoryLine>("inventory-v1.json", "A line of a Seaworthy inventory"));
}
