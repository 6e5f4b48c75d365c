mod waivers;

use crate::model::{Location, Resource};
use std::fs;

use tempfile::TempDir;

use super::*;
use crate::model::{Extent, Kind, Origin, Place};

/// A directory with these files.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn inventory(addresses: &[&str]) -> Inventory {
    let mut inventory = Inventory::new("terraform-plan", "2026-11-22T00:00:00Z".parse().unwrap());
    inventory.resources = addresses.iter().map(|address| resource(address)).collect();
    inventory
}

fn resource(address: &str) -> Resource {
    let mut resource = Resource::new(Kind::of("aws.rds.instance"), address, "orders", Place::default());
    resource.origin.address = Some(address.to_owned());
    resource
}

fn at(file: &str, line: u32) -> Location {
    Location { file: file.to_owned(), line, extent: None, related: None }
}

fn called(file: &str, line: u32, related: Location) -> Option<Location> {
    Some(Location { file: file.to_owned(), line, extent: None, related: Some(Box::new(related)) })
}

fn lines(lines: &[(&str, u32)]) -> std::collections::BTreeMap<String, u32> {
    lines.iter().map(|(name, line)| ((*name).to_owned(), *line)).collect()
}

/// Where a resource was found: its block, and the lines of its attributes.
type LocatedResource = (Option<Location>, Vec<(String, u32)>);

/// Location and lines of each resource, and the notes.
fn located(dir: &TempDir, addresses: &[&str]) -> (Vec<LocatedResource>, SourceNotes) {
    let mut inventory = inventory(addresses);
    let notes = locate(&mut inventory, dir.path());
    let found = inventory
        .resources
        .into_iter()
        .map(|one| (one.origin.location.clone().map(without_extent), one.origin.lines.clone().into_iter().collect()));
    (found.collect(), notes)
}

/// How far things go is a test of its own.
fn without_extent(at: Location) -> Location {
    Location { extent: None, related: at.related.map(|related| Box::new(without_extent(*related))), ..at }
}

#[test]
fn a_finding_goes_from_the_beginning_of_its_attribute_or_block_to_the_end() {
    let dir = tree(&[
        (
            "main.tf",
            "# ü\nresource \"aws_db_instance\" \"orders\" {\n  name = \"ünter\" # why\n  policy = <<-EOT\n    a\n  EOT\n  \
             subnets = [\n    \"a\",\n  ]\n}\nresource aws_kms_key k { multi_region = true }\n",
        ),
        ("gen.tf.json", "{\"resource\": {\"aws_s3_bucket\": {\"files\": {\n  \"force_destroy\": true\n}}}}\n"),
    ]);
    let mut inventory = inventory(&["aws_db_instance.orders", "aws_kms_key.k", "aws_s3_bucket.files"]);
    locate(&mut inventory, dir.path());
    let extents = |resource: Resource| {
        let text = |it: Extent| format!("{}:{}-{}:{}", it.line, it.column, it.end_line, it.end_column);
        let mut found = vec![text(resource.origin.location.clone().and_then(|at| at.extent).unwrap_or_default())];
        found.extend(
            resource.origin.extents.clone().into_iter().map(|(name, extent)| format!("{name} {}", text(extent))),
        );
        found
    };
    assert_eq!(
        inventory.resources.into_iter().map(extents).collect::<Vec<_>>(),
        [
            vec!["2:1-10:2", "name 3:3-3:17", "policy 4:3-6:6", "subnets 7:3-9:4"],
            vec!["11:1-11:47", "multi_region 11:26-11:45"],
            vec!["1:42-3:2", "force_destroy 2:20-2:24"],
        ]
    );
}

#[test]
fn blocks_and_attributes_have_their_lines() {
    let dir = tree(&[
        (
            "main.tf",
            "\u{feff}# the shop\r\nterraform {}\r\n\r\nresource \"aws_db_instance\" \"orders\" {\r\n  for_each = toset([\"a\"])\r\n\r\n\
             \x20 multi_az = true\r\n}\r\nresource aws_kms_key k { multi_region = true }\r\n",
        ),
        (
            "backup.tf",
            r#"
resource "aws_backup_plan" "shop" {
  name = "shop"
  rule {
    rule_name = "daily"
    copy_action {
      destination_vault_arn = <<-EOT
        resource "aws_db_instance" "not_a_block" {
        # seaworthy-like text
      EOT
    }
  }
  rule {
    rule_name = "weekly"
    schedule  = "cron(0 5 ? * 1 *)"
  }
  dynamic "advanced_backup_setting" {
    for_each = var.settings
    content {
      resource_type = "EC2"
    }
  }
}
"#,
        ),
        (
            "gen.tf.json",
            "{\n  \"resource\": {\n    \"aws_s3_bucket\": {\n      \"files\": [{\n        \"force_destroy\": true,\n        \
             \"versioning\": [{\"enabled\": false}]\n      }]\n    }\n  }\n}\n",
        ),
    ]);
    let addresses = [
        "aws_db_instance.orders[\"a\"]",
        "aws_kms_key.k",
        "aws_backup_plan.shop[0]",
        "aws_s3_bucket.files",
        "aws_db_instance.gone",
        "module.gone.aws_db_instance.orders",
    ];
    let own = |file: &str, line, names: &[(&str, u32)]| (Some(at(file, line)), lines(names).into_iter().collect());
    let plan = [
        ("advanced_backup_setting", 17),
        ("advanced_backup_setting.resource_type", 20),
        ("name", 3),
        ("rule", 4),
        ("rule.copy_action", 6),
        ("rule.copy_action.destination_vault_arn", 7),
        ("rule.rule_name", 5),
        ("rule.schedule", 15),
    ];
    assert_eq!(
        located(&dir, &addresses),
        (
            vec![
                own("main.tf", 4, &[("for_each", 5), ("multi_az", 7)]),
                own("main.tf", 9, &[("multi_region", 9)]),
                own("backup.tf", 2, &plan),
                own("gen.tf.json", 4, &[("force_destroy", 5), ("versioning", 6), ("versioning.enabled", 6)]),
                (None, vec![]),
                (None, vec![]),
            ],
            SourceNotes::default()
        )
    );
}

#[test]
fn modules_lead_to_their_directories_and_downloaded_ones_to_their_call() {
    let dir = tree(&[
        (
            "repo/live/prod/main.tf",
            r#"module "own" {
  source = "../../modules/db"
  size   = 3
}

module "rds" {
  source  = "terraform-aws-modules/rds/aws"
  version = "6.10.0"

  identifier              = "orders"
  backup_retention_period = 0
}

module "not_fetched" {
  source = "git::https://example.com/db.git"
}
"#,
        ),
        (
            "repo/modules/db/db.tf",
            "module \"key\" {\n  source = \"./key\"\n}\nresource \"aws_db_instance\" \"this\" {\n}\n",
        ),
        ("repo/modules/db/key/main.tf", "\nresource \"aws_kms_key\" \"this\" {\n}\n"),
        (
            "repo/live/prod/.terraform/modules/modules.json",
            r#"{"Modules": [
                {"Key": "", "Source": "", "Dir": "."},
                {"Key": "own", "Source": "../../modules/db", "Dir": "../../modules/db"},
                {"Key": "rds", "Source": "registry.terraform.io/terraform-aws-modules/rds/aws", "Version": "6.10.0",
                 "Dir": ".terraform/modules/rds"},
                {"Key": "rds.db_instance", "Source": "./modules/db_instance", "Dir": ".terraform/modules/rds/modules/db_instance"}
            ]}"#,
        ),
        (
            "repo/live/prod/.terraform/modules/rds/main.tf",
            "module \"db_instance\" {\n  source = \"./modules/db_instance\"\n\n  identifier = local.name\n  \
             retention = var.backup_retention_period\n}\n",
        ),
        (
            "repo/live/prod/.terraform/modules/rds/modules/db_instance/main.tf",
            "# seaworthy:ignore[backup-disabled] until=2027-01-01 reason=theirs\nresource \"aws_db_instance\" \"this\" {\n  \
             identifier = var.identifier\n  backup_retention_period = var.retention\n  multi_az = true\n}\n",
        ),
    ]);
    let addresses = [
        "module.own[0].aws_db_instance.this",
        "module.own[0].module.key.aws_kms_key.this[\"module.x\"]",
        "module.rds.module.db_instance.aws_db_instance.this[0]",
        "module.not_fetched.aws_db_instance.this",
    ];
    let theirs = "live/prod/.terraform/modules/rds/modules/db_instance/main.tf";
    let root = dir.path().join("repo");
    let mut inventory = inventory(&addresses);
    let notes = locate_within(&mut inventory, &root.join("live/prod"), &root);
    let origins: Vec<_> = inventory
        .resources
        .into_iter()
        .map(|one| (one.origin.location.clone().map(without_extent), one.origin.lines.clone()))
        .collect();
    assert_eq!(
        (origins, notes),
        (
            vec![
                (Some(at("modules/db/db.tf", 4)), lines(&[])),
                (Some(at("modules/db/key/main.tf", 2)), lines(&[])),
                (called("live/prod/main.tf", 6, at(theirs, 2)), lines(&[("backup_retention_period", 11)])),
                (Some(at("live/prod/main.tf", 14)), lines(&[])),
            ],
            SourceNotes::default()
        )
    );

    // Without the repository around it, what lies outside of the directory is somebody else's.
    let mut inventory = self::inventory(&addresses[..2]);
    locate(&mut inventory, &root.join("live/prod"));
    let found: Vec<_> =
        inventory.resources.into_iter().map(|one| one.origin.location.clone().map(without_extent)).collect();
    assert_eq!(
        found,
        [
            called("main.tf", 1, at("../../modules/db/db.tf", 4)),
            called("main.tf", 1, at("../../modules/db/key/main.tf", 2)),
        ]
    );
}

#[test]
fn an_override_takes_the_lines_of_what_it_sets() {
    let dir = tree(&[
        ("main_override.tf", "resource \"aws_db_instance\" \"orders\" {\n  multi_az = false\n}\n"),
        ("z.tf", "resource \"aws_db_instance\" \"orders\" {\n  multi_az = true\n  engine = \"mysql\"\n}\n"),
    ]);
    assert_eq!(
        located(&dir, &["aws_db_instance.orders"]),
        (vec![(Some(at("z.tf", 1)), vec![("engine".to_owned(), 3)])], SourceNotes::default())
    );
}

#[test]
fn bad_files_are_named_and_the_others_are_read() {
    let dir = tree(&[
        ("a.tf", "resource \"aws_db_instance\" \"half\" {\n  multi_az = \n"),
        ("b.tf.json", "{\"resource\": \n]"),
        ("deep.tf", &format!("x = {}", "[".repeat(10_000))),
        ("good.tf", "resource \"aws_db_instance\" \"orders\" {}\n"),
        ("not-terraform.txt", "{{{"),
        (".terraform/modules/modules.json", "{\n\"Modules\": 1}"),
    ]);
    fs::write(dir.path().join("latin.tf"), b"# fine\n# caf\xe9\n").unwrap();
    fs::File::create(dir.path().join("huge.tf")).unwrap().set_len(20 << 20).unwrap();
    fs::create_dir(dir.path().join("folder.tf")).unwrap();
    let trouble = |file: &str, line, text: &str| SourceTrouble { file: file.to_owned(), line, text: text.to_owned() };
    assert_eq!(
        located(&dir, &["aws_db_instance.orders"]),
        (
            vec![(Some(at("good.tf", 1)), vec![])],
            SourceNotes {
                waivers: vec![],
                troubles: vec![
                    trouble(
                        ".terraform/modules/modules.json",
                        Some(2),
                        "not read: invalid type: integer `1`, expected a sequence"
                    ),
                    trouble(
                        "a.tf",
                        Some(2),
                        "not read: invalid expression; expected `\"`, `[`, `{`, `-`, `!`, `(`, `_`, `<`, letter or digit"
                    ),
                    trouble("b.tf.json", Some(2), "not read: expected value"),
                    trouble("deep.tf", Some(1), "not read: invalid nesting depth; expected at most 64 nested levels"),
                    trouble("folder.tf", None, "not read: it is no regular file"),
                    trouble("huge.tf", None, "not read: it is larger than 16 MiB"),
                    trouble("latin.tf", Some(2), "not read: it is not UTF-8"),
                ]
            }
        )
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_project_only() {
    use std::os::unix::fs::symlink;

    let outside = tree(&[("secret.tf", "password = \n")]);
    let dir = tree(&[
        ("common/k.tf", "resource \"aws_kms_key\" \"k\" {}\n"),
        ("live/main.tf", "module \"loop\" {\n  source = \"./self\"\n}\n"),
    ]);
    symlink(dir.path().join("common/k.tf"), dir.path().join("live/k.tf")).unwrap();
    symlink(outside.path().join("secret.tf"), dir.path().join("live/out.tf")).unwrap();
    symlink(dir.path().join("live/round.tf"), dir.path().join("live/round.tf")).unwrap();
    symlink(dir.path().join("live"), dir.path().join("live/self")).unwrap();
    let deep = format!("{}aws_kms_key.k", "module.loop.".repeat(10_000));
    let mut inventory = inventory(&["aws_kms_key.k", "module.loop.module.loop.aws_kms_key.k", &deep]);
    let mut notes = locate_within(&mut inventory, &dir.path().join("live"), dir.path());
    // Its text is the system's.
    notes.troubles.retain(|trouble| trouble.file != "live/round.tf");
    let found: Vec<_> =
        inventory.resources.into_iter().map(|one| one.origin.location.clone().map(without_extent)).collect();
    assert_eq!(found, [Some(at("live/k.tf", 1)), Some(at("live/k.tf", 1)), None]);
    assert_eq!(
        notes.troubles,
        [SourceTrouble {
            file: "live/out.tf".to_owned(),
            line: None,
            text: "not read: it links out of the source".to_owned()
        }]
    );
}

#[test]
fn no_directory_is_a_trouble() {
    let dir = tree(&[]);
    let mut inventory = inventory(&["aws_db_instance.orders"]);
    let missing = dir.path().join("missing");
    let notes = locate(&mut inventory, &missing);
    let text = "not read: No such file or directory (os error 2)".to_owned();
    let trouble = SourceTrouble { file: missing.display().to_string(), line: None, text };
    assert_eq!(notes, SourceNotes { waivers: vec![], troubles: vec![trouble] });
    assert_eq!(inventory, self::inventory(&["aws_db_instance.orders"]));
}

#[test]
fn a_fact_points_at_its_attribute_else_at_the_header() {
    let mut resource = resource("aws_backup_plan.shop");
    assert_eq!(resource.location_of(Some("plan.rules")), None);
    resource.origin = Origin {
        attributes: [
            ("plan.rules".to_owned(), "rule".to_owned()),
            ("backup.retention_days".to_owned(), "rule.lifecycle.delete_after".to_owned()),
        ]
        .into(),
        location: Some(at("main.tf", 3)),
        lines: lines(&[("rule", 5), ("rule.copy_action", 9)]),
        ..(*resource.origin).clone()
    }
    .into();
    let lines = ["plan.rules.0.copies", "backup.retention_days", "backup.enabled"];
    assert_eq!(
        lines.map(|fact| resource.location_of(Some(fact))),
        [Some(at("main.tf", 5)), Some(at("main.tf", 5)), Some(at("main.tf", 3))]
    );
}
