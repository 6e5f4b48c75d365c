"""An empty bucket.

    seed_bucket.py ENDPOINT NAME REGION
"""

import sys

from aws import connect

NAME, REGION = sys.argv[2:]

connect("s3", REGION).create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION})
