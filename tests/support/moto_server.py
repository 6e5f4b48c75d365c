#!/usr/bin/env python3
"""moto, until standard input ends: so no server outlives the test that started it, however the test ends.

Prints the port once it answers. With `-p PORT`, as moto's own server has it, that port is taken, until it is killed.
"""

import functools
import json
import logging
import os
import sys
import threading
from urllib.parse import unquote

os.environ.setdefault("MOTO_RDS_SNAPSHOT_LIMIT", "100000")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
# Else a certificate is issued in the middle of the tests.
os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "-1")

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402  (the settings are read at import)

# moto does not know these calls. Refused, they would make nearly everything unknown, in every test.
from moto.backup.exceptions import ResourceNotFoundException  # noqa: E402
from moto.awslambda.responses import LambdaResponse  # noqa: E402
from moto.awslambda.urls import url_paths as lambda_paths  # noqa: E402
from moto.backup.models import Vault  # noqa: E402
from moto.backup.responses import BackupResponse  # noqa: E402
from moto.backup.urls import url_paths  # noqa: E402
from moto.cloudfront.responses import CloudFrontResponse  # noqa: E402
from moto.core.responses import ActionResult  # noqa: E402
from moto.dynamodb.responses import DynamoHandler  # noqa: E402
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS  # noqa: E402
from moto.ec2.responses import EC2Response  # noqa: E402
from moto.ecs.models import EC2ContainerServiceBackend  # noqa: E402
from moto.efs.responses import EFSResponse  # noqa: E402
from moto.efs.urls import url_paths as efs_paths  # noqa: E402
from moto.eks.responses import EKSResponse  # noqa: E402
from moto.eks.urls import url_paths as eks_paths  # noqa: E402
from moto.elasticache.responses import ElastiCacheResponse  # noqa: E402
from moto.s3.responses import S3Response  # noqa: E402
import cbor  # noqa: E402
from watch import Watch  # noqa: E402

BackupResponse.describe_region_settings = lambda self: '{"ResourceTypeOptInPreference": {}}'
url_paths["{0}/account-settings$"] = BackupResponse.dispatch


# It knows one type of vault and does not say so.
listed_vault = Vault.to_list_dict
Vault.to_list_dict = lambda self: listed_vault(self) | {
    "VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT" if self.backup_vault_name == "air-gapped" else "BACKUP_VAULT"}


def get_backup_vault_access_policy(self):
    raise ResourceNotFoundException("no vault here has a policy")


BackupResponse.get_backup_vault_access_policy = get_backup_vault_access_policy
url_paths["{0}/backup-vaults/(?P<name>[^/]+)/access-policy$"] = BackupResponse.dispatch
DynamoHandler.list_global_tables = lambda self: '{"GlobalTables": []}'
EC2Response.describe_capacity_reservations = lambda self: ActionResult({"CapacityReservations": []})
# Asked for all of them, it breaks.
of_names = EC2ContainerServiceBackend.describe_capacity_providers
EC2ContainerServiceBackend.describe_capacity_providers = lambda self, names: of_names(
    self, names or list(self.capacity_providers))
EFSResponse.describe_replication_configurations = lambda self: '{"Replications": []}'
efs_paths["{0}/2015-02-01/file-systems/replication-configurations$"] = EFSResponse.dispatch
# It calls the answer GetBucketVersioningResponse, which the SDK refuses.
versioning = S3Response.get_bucket_versioning


def get_bucket_versioning(self):
    status, headers, body = versioning(self)
    text = body.decode() if isinstance(body, bytes) else body
    return status, headers, text.replace("GetBucketVersioningResponse", "VersioningConfiguration")


S3Response.get_bucket_versioning = get_bucket_versioning
EKSResponse.list_access_entries = lambda self: '{"accessEntries": []}'
EKSResponse.list_addons = lambda self: '{"addons": []}'
for of_cluster in ("access-entries", "addons"):
    eks_paths["{0}/clusters/(?P<name>[^/]+)/" + of_cluster + "$"] = EKSResponse.dispatch
ElastiCacheResponse.describe_serverless_caches = lambda self: ActionResult({"ServerlessCaches": []})

# It knows the URL of a function, and not the list of them.
LambdaResponse.list_function_url_configs = lambda self: json.dumps({"FunctionUrlConfigs": [
    url.to_dict() for url in [self.backend.get_function(unquote(self.path.split("/")[-2])).url_config] if url]})
lambda_paths[r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/urls/?$"] = LambdaResponse.dispatch

# Its list leaves out what is in the configuration.
OF_CONFIGURATION = ("Aliases", "CacheBehaviors", "DefaultCacheBehavior", "Enabled", "OriginGroups", "Origins",
                    "ViewerCertificate")


def list_distributions(self):
    page, marker = self.backend.list_distributions(marker=self._get_param("Marker"),
                                                   max_items=self._get_int_param("MaxItems"))
    items = [
        {name: getattr(found.distribution_config, name) for name in OF_CONFIGURATION}
        | {"Id": found.id, "ARN": found.arn,
           "DomainName": found.domain_name, "Status": "Deployed", "LastModifiedTime": found.last_modified_time}
        for found in page
    ]
    return ActionResult({"DistributionList": {"Marker": "", "NextMarker": marker, "MaxItems": 100,
                                              "IsTruncated": marker is not None, "Quantity": len(items),
                                              "Items": items}})


CloudFrontResponse.list_distributions = list_distributions

# It does not have these services at all. An account that has nothing of them is told apart from one that was not seen.
NOTHING = {
    "arc-region-switch": b"\xa0",
    "cloudcontrolapi": b'{"ResourceDescriptions": []}',
    "dlm": b'{"Policies": []}',
    "globalaccelerator": b'{"Accelerators": []}',
    "route53-recovery-control-config": b'{"Clusters": [], "ControlPanels": []}',
}
answer = DomainDispatcherApplication.__call__


def answer_or_nothing(self, environ, start_response):
    # Credential=KEY/DATE/REGION/SERVICE/aws4_request
    scope = environ.get("HTTP_AUTHORIZATION", "").split("/")
    nothing = NOTHING.get(scope[3]) if len(scope) > 3 else None
    if nothing is None:
        return answer(self, environ, start_response)
    kind = [("Content-Type", "application/json")] if nothing.startswith(b"{") else cbor.HEADERS
    start_response("200 OK", [*kind, ("Content-Length", str(len(nothing)))])
    return [nothing]


DomainDispatcherApplication.__call__ = answer_or_nothing
# At each call it reads its own folders, and all others wait: half of the time of a scan.
DomainDispatcherApplication.get_backend_for_host = functools.cache(DomainDispatcherApplication.get_backend_for_host)

# Thousands of types, each a piece of XML in each scan. These sizes are enough for more pages than one.
for places in INSTANCE_TYPE_OFFERINGS.values():
    for region, offered in places.items():
        places[region] = [one for one in offered if one["InstanceType"].endswith((".micro", ".medium", ".large"))]

# Else each call is a connection and a thread of its own.
WSGIRequestHandler.protocol_version = "HTTP/1.1"
logging.getLogger("werkzeug").disabled = True
port = int(sys.argv[2]) if sys.argv[1:2] == ["-p"] else 0
server = make_server("127.0.0.1", port, Watch(DomainDispatcherApplication(create_backend_app)), threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
if port:
    threading.Event().wait()
sys.stdin.read()
os._exit(0)
