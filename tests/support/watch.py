"""Stands in front of moto: names every call as IAM does, and denies, breaks off or pages what a test says.

    PUT /watch    {"deny": [ACTION…], "deny_next_page": [ACTION…], "small_pages": BOOLEAN, "answers": BOOLEAN}
    GET /watch    [{"action": ACTION, "region": REGION, "has_pages": BOOLEAN, "is_next_page": BOOLEAN}…] since then

What a call is, and how its pages are asked for, say botocore's models of the services, so that nothing of a new service
has to be written down here. Moto pages few lists, so that the pages are made here of what it answers as a whole. What it
does not know at all is answered out of fixtures/aws/wire/answers.json, where "answers" asks for it.
"""

import gzip
import io
import json
import pathlib
import re
import threading
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import botocore.session
import cbor
from botocore.exceptions import UnknownServiceError

SESSION = botocore.session.get_session()
LOADER = SESSION.get_component("data_loader")
# Signed as one thing and called another.
NAMES = {"servicequotas": "service-quotas", "elasticloadbalancing": "elbv2", "elasticfilesystem": "efs",
         "cloudcontrolapi": "cloudcontrol", "monitoring": "cloudwatch"}
# Called as one thing and permitted as another.
PERMISSIONS = {"cloudcontrolapi:GetResource": "cloudformation:GetResource",
               "cloudcontrolapi:ListResources": "cloudformation:ListResources",
               "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
               "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
               "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
               "s3:ListBuckets": "s3:ListAllMyBuckets",
               "monitoring:GetMetricData": "cloudwatch:GetMetricData",
               "monitoring:ListMetrics": "cloudwatch:ListMetrics"}
# Moto knows it, and speaks JSON only: what its calls are called there.
IN_JSON = {"monitoring": "GraniteServiceVersion20100801"}
# Services with a permission for each verb of HTTP.
BY_VERB = {"apigateway": "apigateway:GET", "apigatewayv2": "apigateway:GET"}
# Lists that have pages, of which botocore's own paginators do not know.
MORE_PAGES = {"ecs:DescribeCapacityProviders": {"input_token": "nextToken", "output_token": "nextToken",
                                                "result_key": "capacityProviders"},
              "dynamodb:ListGlobalTables": {"input_token": "ExclusiveStartGlobalTableName",
                                            "output_token": "LastEvaluatedGlobalTableName", "result_key": "GlobalTables"}}
TOKEN = "page-"
ANSWERS = json.loads((pathlib.Path(__file__).parents[2] / "fixtures/aws/wire/answers.json").read_text(encoding="utf-8"))


class Service:
    """The model of one service."""

    def __init__(self, name):
        self.name, self.model = name, SESSION.get_service_model(NAMES.get(name, name))
        self.protocol = self.model.protocol
        try:
            self.pages = LOADER.load_service_model(NAMES.get(name, name), "paginators-1")["pagination"]
        except UnknownServiceError:
            self.pages = {}
        self.routes = []
        for operation in self.model.operation_names if self.protocol.startswith("rest") else []:
            http = self.model.operation_model(operation).http
            path, _, query = http["requestUri"].partition("?")
            pattern = re.sub(r"\\\{\w+(\\\+)?\\\}", lambda part: "(.+)" if part.group(1) else "([^/]+)",
                             re.escape(path.rstrip("/")))
            fixed = dict(parse_qsl(query, keep_blank_values=True))
            self.routes.append((http["method"], re.compile(pattern + "/?$"), fixed, operation))
        # The more of a path is fixed, the better it fits.
        self.routes.sort(key=lambda route: (-len(route[2]), route[1].groups, -len(route[1].pattern)))

    def at(self, method, path, given):
        for own, pattern, fixed, operation in self.routes:
            if own == method and pattern.match(path) and fixed.items() <= given.items():
                return operation
        return None

    def paging(self, operation):
        """How the list of an operation is paged, if it is by one token."""
        paging = self.pages.get(operation) or MORE_PAGES.get(f"{self.name}:{operation}")
        # What stands deeper in the answer is left to moto, too.
        is_plain = paging and isinstance(paging["input_token"], str) and "." not in paging["output_token"]
        return paging if is_plain else None

    def word(self, shape, member):
        """What a member is called on the wire."""
        return shape.members[member].serialization.get("name", member)


SERVICES = {}


def service(name):
    if name not in SERVICES:
        SERVICES[name] = Service(name)
    return SERVICES[name]


class Watch:
    """A WSGI application around that of moto."""

    def __init__(self, app):
        self.app, self.lock = app, threading.Lock()
        self.rules, self.calls = {}, []

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ["PATH_INFO"] == "/watch":
            return self.control(environ["REQUEST_METHOD"], body, start_response)
        scope = re.search(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
        if not scope:
            return self.forward(environ, body, start_response)
        try:
            # Both interfaces of API Gateway are signed alike.
            is_newer = scope.group(2) == "apigateway" and environ["PATH_INFO"].startswith("/v2/")
            of = service("apigatewayv2" if is_newer else scope.group(2))
        except UnknownServiceError:
            return self.forward(environ, body, start_response)
        return self.watched(Call(of, environ, body), scope.group(1), environ, start_response)

    def control(self, method, body, start_response):
        with self.lock:
            if method == "PUT":
                self.rules, self.calls = json.loads(body), []
            answer = json.dumps(self.calls).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    def forward(self, environ, body, start_response):
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self.app(environ, start_response)

    def watched(self, call, region, environ, start_response):
        rules = self.rules
        with self.lock:
            self.calls.append({"action": call.action, "region": region, "has_pages": call.has_pages,
                               "is_next_page": call.is_next_page})
        is_next = call.is_next_page and call.action in rules.get("deny_next_page", [])
        if call.action in rules.get("deny", []) or is_next:
            return call.denial(start_response)
        number = call.whole(environ) if rules.get("small_pages") else None
        if rules.get("answers") and call.answer:
            status, headers, answer = "200 OK", [("Content-Type", "text/xml" if call.is_form else "application/json")], call.known()
        elif rules.get("small_pages") or call.is_translated:
            said = []
            answer = b"".join(self.forward(environ, call.in_json(environ), lambda *given: said.append(given)))
            status, headers = said[0][:2]
        else:
            return self.forward(environ, call.body, start_response)
        if number is not None and status.startswith("200"):
            headers = [pair for pair in headers if pair[0].lower() not in ("content-encoding", "x-amz-crc32")]
            packed = answer.startswith(b"\x1f\x8b")
            answer = call.one(gzip.decompress(answer) if packed else answer, number)
        if call.is_cbor:
            headers, answer = list(cbor.HEADERS), cbor.encode(json.loads(answer))
        headers = [pair for pair in headers if pair[0].lower() != "content-length"]
        start_response(status, headers + [("Content-Length", str(len(answer)))])
        return [answer]


def page_size(items):
    """One item a page, and of a long list a quarter: a region offers thousands of types of machines."""
    return max(1, -(-items // 4))


class Call:
    """One request to a service."""

    def __init__(self, of, environ, body):
        self.of, self.body = of, body
        self.is_json, self.is_form = "HTTP_X_AMZ_TARGET" in environ, of.protocol in ("query", "ec2")
        self.is_cbor = of.protocol == "smithy-rpc-v2-cbor" and not self.is_json
        self.is_translated = self.is_cbor and of.name in IN_JSON
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        if self.is_json:
            self.operation = environ["HTTP_X_AMZ_TARGET"].split(".")[-1]
            self.given = json.loads(body or b"{}")
        elif self.is_cbor:
            self.operation, self.given = environ["PATH_INFO"].split("/")[-1], cbor.decode(body)
        elif self.is_form:
            self.given = dict(parse_qsl(body.decode(), keep_blank_values=True))
            self.operation = self.given.get("Action")
        else:
            # An ARN in a path has slashes, too, which are parts of the path once it is decoded.
            written = environ.get("REQUEST_URI", environ["PATH_INFO"]).partition("?")[0]
            found = (of.at(environ["REQUEST_METHOD"], path, query) for path in (environ["PATH_INFO"], written))
            self.operation, self.given = next((name for name in found if name), None), query
        # Of some, what is asked for stands in a body.
        self.is_posted = of.protocol == "rest-json" and body[:1] == b"{"
        if self.is_posted:
            self.given = json.loads(body)
        action = f"{of.name}:{self.operation}"
        self.action = BY_VERB.get(of.name) or PERMISSIONS.get(action, action)
        # Of Cloud Control an answer is of a type, or of one of its resources.
        asked = [self.action, *(str(self.given[name]) for name in ("TypeName", "Identifier") if name in self.given)]
        names = [" ".join(asked[:length]) for length in range(len(asked), 0, -1)]
        self.answer = next((name for name in names if name in ANSWERS), None)
        model = of.model.operation_model(self.operation) if self.operation in of.model.operation_names else None
        self.input, self.output = (model.input_shape, model.output_shape) if model else (None, None)
        self.wrapper = (model.output_shape.serialization.get("resultWrapper") if model and self.output else None)
        self.paging = of.paging(self.operation)
        paging = of.pages.get(self.operation) or self.paging or {"input_token": []}
        self.has_pages = bool(paging["input_token"])
        tokens = paging["input_token"] if isinstance(paging["input_token"], list) else [paging["input_token"]]
        self.is_next_page = any(self.given.get(self.word(token)) for token in tokens)

    def word(self, member):
        name = member if self.is_json or self.is_cbor else self.of.word(self.input, member)
        # EC2 writes the names of what it is given with a capital, whatever the model calls them.
        return name[:1].upper() + name[1:] if self.of.protocol == "ec2" else name

    def whole(self, environ):
        """Asks for everything in place of a page, and gives which page was asked for. A list that is paged by several
        tokens is left to moto, with a small page."""
        if self.paging:
            token = self.given.pop(self.word(self.paging["input_token"]), None) or TOKEN + "0"
            if not token.startswith(TOKEN):
                return None
            self.write(environ)
            return int(token.removeprefix(TOKEN))
        limit = self.of.pages.get(self.operation, {}).get("limit_key")
        if limit:
            self.given[self.word(limit)] = 1
            self.write(environ)
        return None

    def in_json(self, environ):
        """What moto is told."""
        if not self.is_translated:
            return self.body
        environ |= {"HTTP_X_AMZ_TARGET": f"{IN_JSON[self.of.name]}.{self.operation}", "PATH_INFO": "/", "REQUEST_URI": "/",
                    "RAW_URI": "/", "CONTENT_TYPE": "application/x-amz-json-1.0", "HTTP_ACCEPT": "application/json"}
        return json.dumps(self.given).encode()

    def write(self, environ):
        if self.is_json or self.is_posted:
            self.body = json.dumps(self.given).encode()
        elif self.is_cbor:
            self.body = cbor.encode(self.given)
        elif self.is_form:
            self.body = urlencode(self.given).encode()
        else:
            environ["QUERY_STRING"] = urlencode(self.given)

    def one(self, answer, number):
        """A page of each list of the answer, and the token of the next."""
        keys = self.paging["result_key"]
        keys = keys if isinstance(keys, list) else [keys]
        more, next_token = self.paging.get("more_results"), self.paging["output_token"]
        if self.of.protocol == "rest-json":
            keys, next_token = [self.of.word(self.output, key) for key in keys], self.of.word(self.output, next_token)
        if self.is_cbor or self.of.protocol in ("json", "rest-json"):
            parts = json.loads(answer)
            lists = {key: parts.get(key) or [] for key in keys}
            size = page_size(max(map(len, lists.values())))
            is_more = (number + 1) * size < max(map(len, lists.values()))
            parts |= {key: items[number * size:(number + 1) * size] for key, items in lists.items()}
            parts.pop(next_token, None)
            parts |= ({next_token: f"{TOKEN}{number + 1}"} if is_more else {}) | ({more: is_more} if more else {})
            return json.dumps(parts).encode()
        root = ElementTree.fromstring(answer)
        space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
        if space:
            ElementTree.register_namespace("", space.strip("{}"))
        home = root if not self.wrapper else root.find(space + self.wrapper)
        lists = [found for key in keys if (found := home.find(space + self.of.word(self.output, key))) is not None]
        longest = max((len(found) for found in lists), default=0)
        size = page_size(longest)
        is_more = (number + 1) * size < longest
        for found in lists:
            for item in list(found)[:number * size] + list(found)[(number + 1) * size:]:
                found.remove(item)
        says = {next_token: f"{TOKEN}{number + 1}" if is_more else None}
        says |= {more: "true" if is_more else "false"} if more else {}
        for member, text in says.items():
            name = space + self.of.word(self.output, member)
            for old in home.findall(name):
                home.remove(old)
            if text:
                ElementTree.SubElement(home, name).text = text
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)

    def known(self):
        """The answer to what moto does not know, in the protocol of the service."""
        answer = ANSWERS[self.answer]
        if not self.is_form:
            return json.dumps(answer).encode()
        root = ElementTree.Element(f"{self.operation}Response")
        home = root if self.of.protocol == "ec2" else ElementTree.SubElement(root, self.wrapper)
        fill(home, answer, self.output)
        return ElementTree.tostring(root)

    def denial(self, start_response):
        """An error as the protocol has it."""
        if self.is_cbor:
            body = cbor.encode({"__type": "AccessDeniedException"})
            start_response("400 Bad Request", [*cbor.HEADERS, ("Content-Length", str(len(body)))])
            return [body]
        kind, text = "application/json", '{"__type": "AccessDeniedException"}'
        if self.of.protocol == "ec2":
            kind, text = "text/xml", "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>"
        elif self.of.protocol in ("query", "rest-xml"):
            kind, text = "text/xml", "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
        start_response("400 Bad Request" if self.of.protocol == "json" else "403 Forbidden", [
            ("x-amzn-errortype", "AccessDeniedException"), ("Content-Type", kind), ("Content-Length", str(len(text)))])
        return [text.encode()]


def fill(element, value, shape):
    """XML of what JSON says. Members have the names of the wire, or those of the model."""
    if shape.type_name == "structure":
        called = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, part in value.items():
            fill(ElementTree.SubElement(element, name), part, called.get(name) or shape.members[name])
    elif shape.type_name == "list":
        for part in value:
            fill(ElementTree.SubElement(element, shape.member.serialization.get("name", "member")), part, shape.member)
    else:
        element.text = str(value)
