//! Plans that restore for a test.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Parts;
use crate::model::Resource;

const TESTS: &[&str] = &["aws_backup_restore_testing_plan"];

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_plan",
            kind: Some("aws.backup.restore-testing-plan"),
            arn: "arn",
            names: &["name"],
            facts: &[],
            reads: &[],
        },
        maps: Maps::Resource(restore_test),
    },
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_selection",
            kind: None,
            arn: "",
            names: &["name"],
            facts: &[],
            reads: &["restore_testing_plan_name"],
        },
        maps: Maps::Part(restore_selection, None),
    },
];

/// When it last ran is not known from code, and there is nothing else to know of it yet.
fn restore_test(_: &Attrs<'_>, _: &mut Resource) {}

fn restore_selection(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("restore_testing_plan_name", TESTS).here()
}
