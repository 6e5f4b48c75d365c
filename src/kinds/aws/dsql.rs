//! Amazon Aurora DSQL.

use super::super::class::Class;
use super::super::info::{ArnForm, Backup, KindInfo, OptIn, Replicas, Rule};
use super::super::rel::Rel;

pub(super) const KINDS: &[KindInfo] = &[KindInfo {
    name: "aws.dsql.cluster",
    service: "dsql",
    title: "Aurora DSQL cluster",
    class: Class::Database,
    global: false,
    collected: true,
    edges: &[(Rel::EncryptedBy, &["aws.kms.key"])],
    counterpart: Rule::Replica,
    // A peer names the others and not a source.
    replicas: Replicas::Provider,
    copies: &[],
    backup: Some(Backup {
        opt_in: &[OptIn { topology: None, word: "DSQL", a_name_is_enough: true }],
        arn: ArnForm { service: "dsql", name: "cluster/", has_place: true },
    }),
    mechanism: None,
}];
