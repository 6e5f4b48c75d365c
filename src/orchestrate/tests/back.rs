//! Payloads for FAILBACK.

use super::*;

#[test]
fn each_fault_of_a_failback_is_one_finding() {
    const OLD: &str = "0/parameters/RDSInstanceIdentifier";
    const NEW: &str = "0/parameters/SourceRDSInstanceIdentifier";
    const CLUSTER: &str = "1/parameters/DBClusterIdentifier";
    const GLOBAL_AT: &str = "1/parameters/GlobalClusterIdentifier";
    let back = Asked { failback: true, ..Asked::default() };
    let age = format!("unknown snapshot-age /StatePayload/0/resources/{CLUSTER}");
    let well = look(&failback(), &after_failover(), &back);
    assert_eq!((said(&well), well.answer), (vec![age.clone()], Decision::Go));
    let with = |finding: &str, at: &str| {
        let mut all = vec![format!("{finding} /StatePayload/0/resources/{at}"), age.clone()];
        all.sort();
        all
    };
    let of_estate: &[(&str, &str, usize, &str, Value)] = &[
        ("fatal not-alone", OLD, 0, "/replication/replicas", json!([arn("rds", WEST, "db:orders-west")])),
        ("fatal not-alone", OLD, 0, "/replication/role", json!("replica")),
        ("fatal not-available", OLD, 0, "/status/state", json!("stopped")),
        ("fatal deletion-protection", OLD, 0, "/protection/deletion_protection", json!(true)),
        ("fatal no-restorable-time", OLD, 0, "/backup/enabled", json!(false)),
        ("fatal source-without-backups", NEW, REPLICA, "/backup/enabled", json!(false)),
        ("fatal source-is-a-replica", NEW, REPLICA, "/replication/role", json!("replica")),
        ("fatal source-not-encrypted", NEW, REPLICA, "/encryption/enabled", json!(false)),
        ("fatal managed-password", NEW, REPLICA, "/database/managed_secret", json!(true)),
        ("fatal deletion-protection", CLUSTER, 4, "/protection/deletion_protection", json!(true)),
        ("fatal deletion-protection", GLOBAL_AT, GLOBAL, "/protection/deletion_protection", json!(true)),
        ("fatal several-instances", CLUSTER, 4, "/redundancy/instances", json!(2)),
        ("fatal not-its-instance", "1/parameters/DBInstanceIdentifier", 11, "/database/cluster", json!("other")),
        ("risk other-version", "1/parameters/EngineVersion", WEST_CLUSTER, "/database/engine_version", json!("16.6")),
        (
            "risk one-instance",
            "1/parameters/SourceDBClusterIdentifier",
            WEST_CLUSTER,
            "/redundancy/instances",
            json!(2),
        ),
        ("risk class-not-offered", "0/parameters/DBInstanceClass", 16, "/machine_types/offered", json!([])),
        ("risk class-not-offered", "1/parameters/DBInstanceClass", 17, "/machine_types/offered", json!([])),
        ("unknown class-not-known", "0/parameters/DBInstanceClass", 16, "/machine_types/asked", json!(["db.m5.large"])),
    ];
    for (finding, at, number, fact, value) in of_estate {
        let mut resources = after_failover();
        *resources[*number].pointer_mut(fact).unwrap() = value.clone();
        let mut found = said(&look(&failback(), &resources, &back));
        found.sort();
        assert_eq!(found, with(finding, at), "{fact}");
    }
    let of_payload: &[(&str, &str, &str)] = &[
        ("risk false-means-true", "0/parameters/MultiAZ", "False"),
        ("risk next-failback-blocked", "1/parameters/DeletionProtection", "True"),
        ("fatal not-a-number", "0/parameters/MonitoringInterval", "7"),
        ("fatal not-a-number", "1/parameters/Port", "many"),
        ("fatal not-one-security-group", "1/parameters/VpcSecurityGroupIds", "sg-1,sg-2"),
        ("fatal other-monitoring-role", "0/parameters/MonitoringRoleArn", "arn:aws:iam::111122223333:role/other"),
        ("fatal arn-instead-of-id", "1/parameters/DBInstanceIdentifier", "arn:aws:rds:us-east-1:111122223333:db:all-1"),
        ("fatal wrong-region", "0/parameters/SourceRegion", EAST),
        ("fatal wrong-region", "0/parameters/KmsKeyId", "arn:aws:kms:us-west-2:111122223333:key/k"),
        ("fatal key-of-another-account", "1/parameters/KmsKeyId", "arn:aws:kms:us-east-1:444455556666:key/k"),
        ("fatal not-there", "0/parameters/DBSubnetGroup", "other"),
        ("risk two-names", "1/parameters/DBClusterName", "new"),
    ];
    for (finding, at, value) in of_payload {
        let mut edited = failback();
        *edited.pointer_mut(&format!("/StatePayload/0/resources/{at}")).unwrap() = json!(value);
        let mut found = said(&look(&edited, &after_failover(), &back));
        // Of another account nothing was seen, and no instance is called like an ARN of it.
        found.retain(|it| !it.ends_with(at) || it.starts_with(finding));
        found.sort();
        assert_eq!(found, with(finding, at), "{value}");
    }
}

#[test]
fn a_failback_after_a_switchover_would_destroy_the_second_copy() {
    let mut resources = after_failover();
    let member =
        json!({"id": arn("rds", WEST, "cluster:all-west"), "region": WEST, "writer": true, "status": "connected"});
    resources[GLOBAL]["global"]["members"].as_array_mut().unwrap().push(member);
    let found = look(&failback(), &resources, &Asked { failback: true, ..Asked::default() });
    let fatal: Vec<_> = found.findings.iter().filter(|it| it.weight == Weight::Fatal).map(|it| it.id).collect();
    assert_eq!((fatal, found.answer), (vec!["destroys-the-second-copy"], Decision::NoGo));
}

#[test]
fn a_failback_is_made_as_far_as_it_is_known_and_nothing_is_made_up() {
    let back = Wanted { failback: true, ..wanted() };
    let missing = "MonitoringInterval, EnableIAMDatabaseAuthentication, CopyTagsToSnapshot and AutoMinorVersionUpgrade";
    // Before the failover, when it is known what follows what.
    let mut resources = after_failover();
    for (number, known) in estate().into_iter().enumerate() {
        resources[number]["replication"] = known["replication"].clone();
    }
    let found = made(&resources, &back);
    let why: Vec<_> = found.refused.iter().map(|it| it.why.split(';').next().unwrap().to_owned()).collect();
    assert_eq!(
        (why, found.payload),
        (vec![format!("not told by the estate: {missing}"), format!("not told by the estate: {missing}"),], None)
    );
    let given = [
        ("MonitoringInterval", "60"),
        ("EnableIAMDatabaseAuthentication", ""),
        ("CopyTagsToSnapshot", "True"),
        ("AutoMinorVersionUpgrade", "True"),
    ];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let found = made(&resources, &Wanted { given, ..back });
    assert_eq!(serde_json::to_value(found.payload).unwrap(), failback());
}
