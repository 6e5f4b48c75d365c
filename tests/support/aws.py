"""Clients of the moto whose address is the first argument of a script, and what they upload."""

import io
import sys
import zipfile

import boto3

KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


def connect(service, region="us-east-1", credentials=None):
    return boto3.client(service, region_name=region, endpoint_url=sys.argv[1], **(credentials or KEYS))


def package(text="handle = None"):
    """The code of a function. The date in it is fixed, so that the hash of the same code is the same in every run."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("app.py"), text)
    return {"ZipFile": file.getvalue()}
