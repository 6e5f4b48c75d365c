"""One account with a database, and a user who may read databases but neither keys nor other accounts.

    seed_denied.py ENDPOINT

Then moto checks signatures and policies of every call (https://docs.getmoto.org/en/latest/docs/iam.html). Prints the
user's keys as JSON.
"""

import json
import sys
import urllib.request

from aws import connect

ENDPOINT = sys.argv[1]


connect("rds").create_db_instance(DBInstanceIdentifier="orders", Engine="postgres", DBInstanceClass="db.m6g.large",
                                  AllocatedStorage=20, MasterUsername="root", MasterUserPassword="canary-password",
                                  BackupRetentionPeriod=0, MultiAZ=True)
iam = connect("iam")
iam.create_user(UserName="reader")
allowed = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["rds:*", "ec2:*", "autoscaling:*", "eks:*", "elasticache:*", "sts:GetCallerIdentity"],
     "Resource": "*"}]}
iam.put_user_policy(UserName="reader", PolicyName="reader", PolicyDocument=json.dumps(allowed))
key = iam.create_access_key(UserName="reader")["AccessKey"]
urllib.request.urlopen(urllib.request.Request(ENDPOINT + "/moto-api/reset-auth", data=b"0", method="POST",
                                              headers={"Content-Type": "text/plain"})).read()
print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))
