use super::*;

#[test]
fn waivers_belong_to_what_they_stand_on() {
    let dir = tree(&[
        (
            "main.tf",
            r##"# seaworthy:ignore[single-zone] until=2027-01-31 reason="one zone is enough here" ticket=OPS-1 owner=team-db
# the orders
resource "aws_db_instance" "orders" {
  multi_az = false # seaworthy:ignore[a] until=2027-01-01 reason=end-of-line
  // seaworthy:ignore[b, c] until=2027-01-01 reason=above
  backup_retention_period = 0
  timeouts { # seaworthy:ignore[d] until=2027-01-01 reason=header
    create = "1h"
  }
  # seaworthy:ignore[e] reason=no-date
  engine = "mysql"
  # seaworthy:ignore[f] until=2027-01-01 reason=far-above

  size = 1
}

# seaworthy:ignore[g] until=2027-01-01 reason=module
module "db" {
  source = "./db"
}
"##,
        ),
        ("db/main.tf", "resource \"aws_db_instance\" \"this\" {\n}\n"),
    ]);
    let (_, notes) = located(&dir, &["aws_db_instance.orders", "module.db.aws_db_instance.this"]);
    let waiver = |line, address: &str, policies: &[&str], reason: &str| InlineWaiver {
        stack: None,
        location: at("main.tf", line),
        addresses: [address.to_owned()].into(),
        policies: policies.iter().map(|policy| (*policy).to_owned()).collect(),
        until: jiff::civil::date(2027, 1, 1),
        reason: reason.to_owned(),
        ticket: None,
        owner: None,
    };
    let orders = "aws_db_instance.orders";
    let first = InlineWaiver {
        stack: None,
        until: jiff::civil::date(2027, 1, 31),
        ticket: Some("OPS-1".to_owned()),
        owner: Some("team-db".to_owned()),
        ..waiver(1, orders, &["single-zone"], "one zone is enough here")
    };
    let trouble =
        |line, text: &str| SourceTrouble { file: "main.tf".to_owned(), line: Some(line), text: text.to_owned() };
    let expected = SourceNotes {
        waivers: vec![
            first.clone(),
            waiver(4, orders, &["a"], "end-of-line"),
            waiver(5, orders, &["b", "c"], "above"),
            waiver(7, orders, &["d"], "header"),
            waiver(17, "module.db", &["g"], "module"),
        ],
        troubles: vec![
            trouble(
                10,
                "'until' is missing; expected 'seaworthy:ignore[policy-id] until=2027-01-31 reason=\"…\"', and ticket= and \
                 owner= if there are any",
            ),
            trouble(
                12,
                "the waiver has no effect: it is neither directly above a resource, module or attribute, nor at the end of \
                 its line",
            ),
        ],
    };
    assert_eq!(notes, expected);

    let module = &notes.waivers[4];
    let covered = |waiver: &InlineWaiver, address| waiver.covers(&resource(address));
    assert!(covered(&first, "aws_db_instance.orders[\"a\"]") && !covered(&first, "aws_db_instance.orders_2"));
    assert!(
        covered(module, "module.db[0].aws_db_instance.this") && !covered(module, "module.db2.aws_db_instance.this")
    );
}

#[test]
fn a_module_that_is_called_twice_has_its_waiver_once() {
    let text = "# seaworthy:ignore[a] until=2027-01-01 reason=r\nresource \"aws_kms_key\" \"k\" {}\n";
    let dir = tree(&[
        ("main.tf", "module \"a\" {\n  source = \"./key\"\n}\nmodule \"b\" {\n  source = \"./key/../key\"\n}\n"),
        ("key/main.tf", text),
    ]);
    let (_, notes) = located(&dir, &["module.a.aws_kms_key.k", "module.b.aws_kms_key.k"]);
    let waiver = InlineWaiver {
        stack: None,
        location: at("key/main.tf", 1),
        addresses: ["module.a.aws_kms_key.k".to_owned(), "module.b.aws_kms_key.k".to_owned()].into(),
        policies: vec!["a".to_owned()],
        until: jiff::civil::date(2027, 1, 1),
        reason: "r".to_owned(),
        ticket: None,
        owner: None,
    };
    assert_eq!(notes, SourceNotes { waivers: vec![waiver], troubles: vec![] });
}
