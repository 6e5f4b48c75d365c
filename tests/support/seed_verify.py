"""What the checks of an application ask AWS about, in us-west-2: secrets, a cluster, an instance and its replica.

    seed_verify.py ENDPOINT
"""

from aws import connect

REGION = "us-west-2"
kms, secrets, rds = connect("kms", REGION), connect("secretsmanager", REGION), connect("rds", REGION)
key = kms.create_key()["KeyMetadata"]["KeyId"]
secrets.create_secret(Name="orders", SecretString="canary", KmsKeyId=key)
secrets.create_secret(Name="unwanted", SecretString="canary")
secrets.delete_secret(SecretId="unwanted")
rds.create_db_cluster(DBClusterIdentifier="orders", Engine="aurora-postgresql", MasterUsername="root",
                      MasterUserPassword="canary-password")
rds.create_db_instance(DBInstanceIdentifier="orders-1", DBClusterIdentifier="orders", Engine="aurora-postgresql",
                       DBInstanceClass="db.r6g.large")
rds.create_db_instance(DBInstanceIdentifier="billing", Engine="postgres", DBInstanceClass="db.m6g.large",
                       AllocatedStorage=20, MasterUsername="root", MasterUserPassword="canary-password",
                       BackupRetentionPeriod=1)
rds.create_db_instance_read_replica(DBInstanceIdentifier="billing-replica", SourceDBInstanceIdentifier="billing")
