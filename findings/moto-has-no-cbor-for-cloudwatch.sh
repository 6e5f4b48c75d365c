#!/usr/bin/env bash
# moto 5.2.5: the model of CloudWatch in botocore 1.44.8, which moto is built upon, names smithy-rpc-v2-cbor first of three protocols,
# and moto answers 404 to it: a page of HTML, which a client takes for an error of its own. JSON is answered, and is what boto3 falls
# back on, so that tests in Python do not notice. SDKs that speak CBOR only (that for Rust is one) get nothing out of a CloudWatch that
# moto otherwise has.
#
# Seen on 2026-11-30:
#   the model: smithy-rpc-v2-cbor, of smithy-rpc-v2-cbor, json, query
#   rpc-v2-cbor ListMetrics: 404 text/html
#   json ListMetrics: 200
#   boto3 list_metrics: []
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "moto[server]==5.2.5" boto3==1.44.5 botocore==1.44.8
cat > "$folder/ask.py" <<'PYTHON'
import urllib.error
import urllib.request

import boto3
import botocore.session
from moto.server import ThreadedMotoServer

model = botocore.session.get_session().get_service_model("cloudwatch")
print(f"the model: {model.protocol}, of {', '.join(model.metadata['protocols'])}")
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20261130/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0"}


def ask(path, headers, body):
    request = urllib.request.Request(url + path, data=body, headers=signed | headers, method="POST")
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.headers.get_content_type()}"


cbor = {"Smithy-Protocol": "rpc-v2-cbor", "Content-Type": "application/cbor", "Accept": "application/cbor"}
path = "/service/GraniteServiceVersion20100801/operation/ListMetrics"
print("rpc-v2-cbor ListMetrics:", ask(path, cbor, b"\xa0"))
json = {"X-Amz-Target": "GraniteServiceVersion20100801.ListMetrics", "Content-Type": "application/x-amz-json-1.0"}
print("json ListMetrics:", ask("/", json, b"{}"))
keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
client = boto3.client("cloudwatch", region_name="us-east-1", endpoint_url=url, **keys)
print("boto3 list_metrics:", client.list_metrics()["Metrics"])
server.stop()
PYTHON
"$folder/venv/bin/python" "$folder/ask.py" 2>/dev/null | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
the model: smithy-rpc-v2-cbor, of smithy-rpc-v2-cbor, json, query
rpc-v2-cbor ListMetrics: 404 text/html
json ListMetrics: 200
boto3 list_metrics: []
SEEN
