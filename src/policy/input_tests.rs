//! Inputs are the JSON of their resources, as far as it is wanted.

use super::*;
use crate::model::{Backup, Fact, Kind, Place, Resource, Shared};

#[test]
fn a_resource_becomes_its_json_with_the_unknown_facts_noted() {
    let schema = Schema::of_resource();
    let maker = InputMaker::new(schema);
    let mut all = Nodes::default();
    schema.down(0, &mut all);
    let mut resource = Resource::new(Kind::of("aws.rds.instance"), "arn:x", "x", Place::new("1", "r"));
    resource.tags = Fact::Known(crate::model::Tags::from([("app".to_owned(), "shop".to_owned())]).into());
    resource.backup =
        Some(Shared::from(Backup { retention_days: Fact::Known(7), enabled: Fact::Absent, ..Backup::default() }));
    resource.mark_unknown("joined.copies", "because");
    let mut made = Input::default();
    maker.make((&resource).into(), &all, &mut made).unwrap();
    let Input { value, unknown, .. } = made;
    let expected = Value::from_json_str(&serde_json::to_string(&resource).unwrap()).unwrap();
    assert_eq!(value["backup"], expected["backup"]);
    assert_eq!(value["tags"], expected["tags"]);
    assert_eq!(value["kind"], expected["kind"]);
    let paths: Vec<_> = unknown.iter().map(|node| schema.nodes[node].path.as_str()).collect();
    assert!(
        paths.contains(&"backup.point_in_time") && paths.contains(&"joined.copies") && paths.contains(&"encryption")
    );
    assert!(!paths.contains(&"backup.enabled") && !paths.contains(&"backup") && !paths.contains(&"links"));
}

#[test]
fn only_what_is_wanted_is_made() {
    let schema = Schema::of_resource();
    let maker = InputMaker::new(schema);
    let mut wanted = Nodes::default();
    schema.up(schema.find("kind").unwrap(), &mut wanted);
    let resource = Resource::new(Kind::of("aws.rds.instance"), "arn:x", "x", Place::new("1", "r"));
    let mut made = Input::default();
    maker.make((&resource).into(), &wanted, &mut made).unwrap();
    assert_eq!(made.value.to_json_str().unwrap().replace(char::is_whitespace, ""), r#"{"kind":"aws.rds.instance"}"#);
}
