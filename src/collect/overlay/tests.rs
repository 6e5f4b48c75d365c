//! A plan over the estate that it is about.

use super::*;
use crate::model::{
    Backup, Change, Kind, LaunchImage, Origin, Place, Plan, Protection, Rel, Replication, Shared, Status, Timestamp,
    Workload,
};

const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";

fn database(id: &str) -> Resource {
    Resource::new(Kind::of("aws.rds.instance"), id, "orders", Place::new("111122223333", "us-east-1"))
}

fn live() -> Inventory {
    let mut resource = database(ARN);
    resource.backup = Some(Shared::from(Backup {
        retention_days: Fact::Known(7),
        point_in_time: Fact::Known(true),
        enabled: Fact::Known(true),
        ..Backup::default()
    }));
    resource.status = Some(Shared::from(Status { healthy: Fact::Known(true), ..Status::default() }));
    Inventory { resources: vec![resource], ..Inventory::new("aws", Timestamp::UNIX_EPOCH) }
}

fn plan(action: Action, days: Fact<u32>) -> Inventory {
    let address = "aws_db_instance.orders";
    let mut resource = database(address);
    resource.place = Place { account: Fact::Unknown, ..Place::new("", "us-east-1") }.into();
    resource.backup = Some(Shared::from(Backup { retention_days: days, ..Backup::default() }));
    resource.mark_unknown("backup.point_in_time", "known only after apply");
    resource.origin = Origin { address: Some(address.to_owned()), ..Origin::default() }.into();
    resource.change = Some(Box::new(Change { action, replace_paths: Vec::new(), importing: false, moved_from: None }));
    let mut before = Resource { origin: resource.origin.clone(), ..database(address) };
    before.backup = Some(Shared::from(Backup { point_in_time: Fact::Known(true), ..Backup::default() }));
    before.protection = Some(Shared::from(Protection { final_snapshot: Fact::Known(false), ..Protection::default() }));
    resource.before = Some(Box::new(before));
    Inventory { resources: vec![resource], ..Inventory::new("terraform-plan p", Timestamp::UNIX_EPOCH) }
}

#[test]
fn an_update_keeps_what_the_plan_does_not_say_and_loses_what_it_will_only_learn() {
    let (after, notes) = lay_over(live(), plan(Action::Update, Fact::Known(1)));
    assert_eq!(notes, Vec::<String>::new());
    let [resource] = after.resources.as_slice() else { panic!("{after:?}") };
    assert_eq!(resource.id, ARN);
    assert_eq!(
        serde_json::to_value(resource.backup.as_ref().unwrap()).unwrap(),
        serde_json::json!({"enabled": true, "retention_days": 1})
    );
    assert_eq!(resource.status, live().resources[0].status);
    let before = resource.before.as_ref().unwrap();
    assert_eq!(before.backup, live().resources[0].backup);
    assert_eq!(before.protection.as_ref().unwrap().final_snapshot, Fact::Known(false));
    assert_eq!(before.origin.address, resource.origin.address);
    assert_eq!(after.sources, ["terraform-plan p", "aws"]);
}

#[test]
fn a_deleted_resource_keeps_its_facts_and_a_replaced_one_has_only_the_planned() {
    let (after, _) = lay_over(live(), plan(Action::Delete, Fact::Unknown));
    assert_eq!(after.resources[0].backup, live().resources[0].backup);
    assert!(after.resources[0].is_deleted());
    let (after, _) = lay_over(live(), plan(Action::Replace, Fact::Known(3)));
    assert_eq!(
        serde_json::to_value(after.resources[0].backup.as_ref().unwrap()).unwrap(),
        serde_json::json!({"retention_days": 3})
    );
    assert_eq!(after.resources[0].status, None);
}

fn replicas(names: &[&str]) -> Option<Shared<Replication>> {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Some(Shared::from(Replication { replicas: Fact::Known(names), ..Replication::default() }))
}

/// The one resource after an update whose planned and former state are amended.
fn after_update(live: Inventory, amend: impl Fn(&mut Resource, &mut Resource)) -> Resource {
    let mut plan = plan(Action::Update, Fact::Known(1));
    let planned = &mut plan.resources[0];
    let mut before = planned.before.take().unwrap();
    amend(planned, &mut before);
    planned.before = Some(before);
    lay_over(live, plan).0.resources.remove(0)
}

#[test]
fn what_may_be_declared_elsewhere_is_seen_live_less_what_the_plan_takes_away() {
    let mut live = live();
    live.resources[0].replication = replicas(&["elsewhere", "old"]);
    let after = after_update(live, |planned, before| {
        before.replication = replicas(&["old"]);
        planned.replication = replicas(&["new"]);
        for side in [before, planned] {
            side.mark_unknown("replication.replicas", "replicas may be declared elsewhere");
        }
    });
    assert_eq!(after.replication, replicas(&["elsewhere", "new"]));
    assert_eq!(after.unknown, [("backup.point_in_time".to_owned(), "known only after apply".to_owned())].into());
}

#[test]
fn a_list_with_something_that_is_known_only_after_apply_stays_open() {
    let mut live = live();
    live.resources[0].replication = replicas(&["old"]);
    for former in [None, Some("replicas may be declared elsewhere")] {
        let after = after_update(live.clone(), |planned, before| {
            before.replication = replicas(&["old"]);
            planned.replication = replicas(&["new"]);
            planned.mark_unknown("replication.replicas", "the id of one is known only after apply");
            if let Some(reason) = former {
                before.mark_unknown("replication.replicas", reason);
            }
        });
        assert_eq!(after.replication, replicas(&["new"]));
        assert_eq!(after.unknown["replication.replicas"], "the id of one is known only after apply");
    }
}

#[test]
fn what_the_plan_leaves_as_it_is_stays_as_it_was_seen() {
    let images = |available: Fact<bool>| {
        let image = LaunchImage { reference: "ami-1".into(), available, ..LaunchImage::default() };
        Some(Shared::from(Workload { launch_images: Fact::Known(vec![image]), ..Workload::default() }))
    };
    let laid = |former: &str| {
        let mut live = live();
        live.resources[0].workload = images(Fact::Known(false));
        let after = after_update(live, |planned, before| {
            (planned.workload, before.workload) = (images(Fact::Unknown), images(Fact::Unknown));
            let workload = before.workload.as_deref_mut().unwrap();
            let Fact::Known(images) = &mut workload.launch_images else { unreachable!() };
            images[0].reference = former.into();
        });
        after.workload
    };
    assert_eq!(laid("ami-1"), images(Fact::Known(false)));
    assert_eq!(laid("ami-0"), images(Fact::Unknown));
}

#[test]
fn a_setting_of_the_region_that_the_code_does_not_touch_stays_as_it_was_seen() {
    let off = |types: Fact<Vec<String>>| Some(Shared::from(Plan { switched_off: types, ..Plan::default() }));
    let seen = || Fact::Known(vec!["DynamoDB".to_owned()]);
    let mut live = live();
    live.resources[0].plan = off(seen());
    let laid = |before: Fact<Vec<String>>, after: Fact<Vec<String>>| {
        let laid = after_update(live.clone(), |planned, former| {
            planned.plan = off(after.clone());
            former.plan = off(before.clone());
        });
        laid.plan.unwrap().switched_off.clone()
    };
    assert_eq!(laid(Fact::Absent, Fact::Absent), seen());
    assert_eq!(laid(Fact::Absent, Fact::Known(Vec::new())), Fact::Known(Vec::new()));
    // The code gives the setting up: what becomes of it is not known.
    assert_eq!(laid(Fact::Known(Vec::new()), Fact::Absent), Fact::Unknown);
}

#[test]
fn what_was_not_seen_live_stays_unknown_and_a_link_that_the_plan_takes_away_is_gone() {
    let mut live = live();
    live.resources[0].mark_unknown("replication.replicas", "rds:DescribeDBInstances denied");
    live.resources[0].link(Rel::EncryptedBy, Some("key"));
    live.resources[0].link(Rel::InSubnetGroup, Some("group"));
    let after = after_update(live, |_, before| before.link(Rel::EncryptedBy, Some("key")));
    assert_eq!(after.unknown["replication.replicas"], "rds:DescribeDBInstances denied");
    assert_eq!(*after.links, [Link { rel: Rel::InSubnetGroup, to: "group".to_owned(), at: None }]);
}

#[test]
fn what_one_block_forgets_and_another_imports_stays_managed() {
    let both = |actions: [Action; 2]| {
        let [mut first, second] = actions.map(|action| plan(action, Fact::Absent));
        first.resources.extend(second.resources);
        let (after, notes) = lay_over(live(), first);
        assert_eq!(notes, Vec::<String>::new());
        after.resources.into_iter().map(|resource| resource.change.unwrap().action).collect::<Vec<_>>()
    };
    assert_eq!(both([Action::Forget, Action::NoOp]), [Action::NoOp]);
    assert_eq!(both([Action::NoOp, Action::Forget]), [Action::NoOp]);
    assert_eq!(both([Action::Forget, Action::Forget]), [Action::Forget]);
}

#[test]
fn what_drifted_is_judged_as_it_is() {
    let (after, _) = lay_over(live(), plan(Action::NoOp, Fact::Known(35)));
    assert_eq!((&after.resources[0].backup, &after.resources[0].before), (&live().resources[0].backup, &None));
    assert_eq!(after.resources[0].origin.address.as_deref(), Some("aws_db_instance.orders"));
}

#[test]
fn what_is_created_is_added_and_what_is_not_found_is_said() {
    let (after, notes) = lay_over(Inventory::new("aws", Timestamp::UNIX_EPOCH), plan(Action::Update, Fact::Absent));
    assert_eq!(after.resources.len(), 1);
    let said = "aws_db_instance.orders was not found in the live estate, so only the plan speaks for it";
    assert_eq!(notes, [said]);
}
