"""moto, until standard input ends: so no server outlives the test that started it, however the test ends.

Prints the port once it answers.
"""

import logging
import os
import sys

os.environ.setdefault("MOTO_RDS_SNAPSHOT_LIMIT", "100000")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
# Else a certificate is issued in the middle of the tests.
os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "-1")

from moto.server import ThreadedMotoServer  # noqa: E402  (the settings are read at import)

# moto does not know these three calls. Refused, they would make nearly everything unknown, in every test.
from moto.backup.responses import BackupResponse  # noqa: E402
from moto.backup.urls import url_paths  # noqa: E402
from moto.core.responses import ActionResult  # noqa: E402
from moto.ec2.responses import EC2Response  # noqa: E402
from moto.elasticache.responses import ElastiCacheResponse  # noqa: E402

BackupResponse.describe_region_settings = lambda self: '{"ResourceTypeOptInPreference": {}}'
url_paths["{0}/account-settings$"] = BackupResponse.dispatch
EC2Response.describe_capacity_reservations = lambda self: ActionResult({"CapacityReservations": []})
ElastiCacheResponse.describe_serverless_caches = lambda self: ActionResult({"ServerlessCaches": []})

logging.getLogger("werkzeug").disabled = True
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
print(port, flush=True)
sys.stdin.read()
os._exit(0)
