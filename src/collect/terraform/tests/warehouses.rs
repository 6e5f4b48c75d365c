//! Warehouses, whose snapshots their service copies, and databases of several regions.

use serde_json::{Value, json};

use super::created;

fn warehouse(copies: Value) -> (&'static str, Value, Value, Value) {
    let values = json!({"cluster_identifier": "sales", "node_type": "ra3.xlplus", "encrypted": false, "multi_az": false,
        "automated_snapshot_retention_period": 7, "snapshot_copy": copies});
    ("aws_redshift_cluster.sales", values, json!({"arn": true, "id": true}), json!({}))
}

#[test]
fn snapshots_of_a_warehouse_are_copied_where_the_code_says_and_nowhere_else() {
    let alone = created(&[warehouse(json!([]))]);
    assert_eq!(alone["aws_redshift_cluster.sales"]["backup"]["copied_to"], json!([]));
    let inline = json!([{"destination_region": "us-west-2", "retention_period": 7, "grant_name": null}]);
    let inline = created(&[warehouse(inline)]);
    let said = json!([{"region": "us-west-2", "retention_days": 7, "grant": null, "key": null}]);
    assert_eq!(inline["aws_redshift_cluster.sales"]["backup"]["copied_to"], said);
    let part = json!({"cluster_identifier": "sales", "destination_region": "eu-west-1", "retention_period": 30,
        "snapshot_copy_grant_name": "west"});
    let grant = json!({"snapshot_copy_grant_name": "west", "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1"});
    let apart = created(&[
        warehouse(json!([])),
        ("aws_redshift_snapshot_copy.sales", part, json!({"id": true}), json!({})),
        ("aws_redshift_snapshot_copy_grant.west", grant, json!({"arn": true, "id": true}), json!({})),
    ]);
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1";
    let said = json!([{"region": "eu-west-1", "retention_days": 30, "grant": "west", "key": key}]);
    assert_eq!(apart["aws_redshift_cluster.sales"]["backup"]["copied_to"], said);
}

#[test]
fn a_database_of_several_regions_has_the_peers_that_a_part_of_it_names() {
    let cluster = |witness: Value| {
        let values = json!({"deletion_protection_enabled": true, "multi_region_properties": witness});
        let unknown = json!({"arn": true, "id": true, "identifier": true, "kms_encryption_key": true});
        ("aws_dsql_cluster.ledger", values, unknown, json!({}))
    };
    let alone = created(&[cluster(json!([]))]);
    let none = json!({"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": [],
        "global": null, "healthy": null});
    assert_eq!(alone["aws_dsql_cluster.ledger"]["replication"], none);
    let there = "arn:aws:dsql:us-east-2:111122223333:cluster/bbbb";
    let peering = (
        "aws_dsql_cluster_peering.ledger",
        json!({"clusters": [there], "witness_region": "us-west-2"}),
        json!({"identifier": true}),
        json!({"identifier": {"references": ["aws_dsql_cluster.ledger.identifier", "aws_dsql_cluster.ledger"]}}),
    );
    let paired = created(&[cluster(json!([{"witness_region": "us-west-2"}])), peering]);
    let said = json!({"role": "primary", "source": null, "replicas": [there], "regions": ["us-east-2"],
        "partial_regions": [], "global": null});
    assert_eq!(paired["aws_dsql_cluster.ledger"]["replication"], said);
}
