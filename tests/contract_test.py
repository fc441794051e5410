"""Compares the server with docs/openapi.yaml: makes requests from the document and validates every response."""
import http.client
import itertools
import json
import pathlib
import re
import unittest
import urllib.parse

import jsonschema
import yaml

from program import ProgramTest, Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
KEY = "the key of this test"
LARGEST = {"body": 64 * 1024, "target": 8 * 1024, "headers": 16 * 1024}
NUMBERS = ["0", "0.5", "999.5", "1000", "1000.5", "1001", "-1", "x", ""]


def resolved(node):
    while "$ref" in node:
        target = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def operations():
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def faults(value, schema):
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": DOCUMENT["components"], **schema}
    return [fault.message for fault in jsonschema.Draft202012Validator(whole).iter_errors(value)]


def limits(schema):
    """Returns (minimum, maximum) of a number; None if it has no such limit."""
    widest = (-2**63, 2**63 - 1) if schema.get("format") == "int64" else (None, None)
    return schema.get("minimum", widest[0]), schema.get("maximum", widest[1])


def good_values(schema, example):
    """Returns the default and the values at the limits."""
    values = [schema["default"]] if "default" in schema else []
    values += [limit for limit in limits(schema) if limit is not None]
    values += [(example * length)[:length] for length in (schema.get("minLength"), schema.get("maxLength")) if length]
    if "items" in schema:
        some = itertools.cycle(example)
        values += [list(itertools.islice(some, schema[key])) for key in ("minItems", "maxItems") if key in schema]
        values += [[value, *example[1:]] for value in good_values(schema["items"], example[0])]
    values += [value for value in variants(schema, example) if not faults(value, schema)]
    return values


def bad_values(schema, example):
    """Returns values that the schema rejects; also numbers as texts."""
    values = []
    if schema.get("type") in ("integer", "number"):
        least, greatest = limits(schema)
        values += ["abc", "5x", "nan", "", *([] if least is None else [least - 1]), *([] if greatest is None else [greatest + 1])]
    if "minLength" in schema:
        values.append((example * schema["minLength"])[:schema["minLength"] - 1])
    if "maxLength" in schema:
        values.append((example * schema["maxLength"])[:schema["maxLength"] + 1])
    if "items" in schema:
        some = itertools.cycle(example)
        values += [list(itertools.islice(some, schema["minItems"] - 1))] if "minItems" in schema else []
        values += [list(itertools.islice(some, schema["maxItems"] + 1))] if "maxItems" in schema else []
        values += [[value, *example[1:]] for value in bad_values(schema["items"], example[0]) if value != ""]
    values += [value for value in variants(schema, example) if faults(value, schema)]
    return values


def variants(schema, example):
    """Returns variants of a text with a pattern: the example with other numbers; some of them match."""
    return [re.sub(r"[0-9.]+", number, example) for number in NUMBERS] if "pattern" in schema else []


class Contract(ProgramTest):
    def setUp(self):
        super().setUp()
        self.succeed("pipeline")
        self.environment["API_KEY"] = KEY
        self.server = Server(self)

    def ask(self, method, target, headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request(method, target, body=body, headers=headers or {})
        response = connection.getresponse()
        return response, response.read()

    def check(self, operation, method, target, headers=None, body=None):
        """Sends a request, and validates the response against the schema of its status."""
        response, content = self.ask(method, target, headers, body)
        where = f"{method} {target}: {response.status} {content[:300]!r}"
        self.assertIn(str(response.status), operation["responses"], where)
        documented = resolved(operation["responses"][str(response.status)])
        for name, header in documented.get("headers", {}).items():
            value = response.getheader(name)
            self.assertIsNotNone(value, f"{name} of {where}")
            schema = resolved(header)["schema"]
            self.valid(int(value) if schema["type"] == "integer" else value, schema, where)
        self.assertIsNotNone(response.getheader("X-Request-Id"), where)
        bodies = documented.get("content", {})
        if not bodies:
            self.assertEqual(content, b"", where)
            return response, None
        kind, charset = response.getheader("Content-Type").split(";", 1)
        self.assertIn("charset=utf-8", charset, where)
        self.assertIn(kind, bodies, where)
        value = json.loads(content) if kind == "application/json" else content.decode()
        self.valid(value, bodies[kind]["schema"], where)
        return response, value

    def valid(self, value, schema, where):
        self.assertEqual(faults(value, schema), [], where)

    @staticmethod
    def target_of(path, values):
        query = []
        for parameter, value in values:
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", str(value))
            elif not isinstance(value, list):
                query.append((parameter["name"], value))
            elif parameter.get("explode", True):
                query += [(parameter["name"], element) for element in value]
            else:
                query.append((parameter["name"], ",".join(map(str, value))))
        return path + ("?" + urllib.parse.urlencode(query, safe=",:") if query else "")

    def calls(self, path, operation):
        """Yields (target, is valid) for every request that the parameters make."""
        parameters = [resolved(p) for p in operation.get("parameters", [])]
        needed = [(p, p["example"]) for p in parameters if p.get("required")]
        yield self.target_of(path, needed), True
        for parameter in parameters:
            schema, example = resolved(parameter["schema"]), parameter["example"]
            others = [(p, value) for p, value in needed if p is not parameter]
            if parameter.get("required") and parameter["in"] == "query":
                yield self.target_of(path, others), False
            for value in example, *good_values(schema, example):
                yield self.target_of(path, [*others, (parameter, value)]), True
            for value in bad_values(schema, example):
                if value != "" or parameter["in"] == "query":  # an empty segment is a different path
                    yield self.target_of(path, [*others, (parameter, value)]), False

    @staticmethod
    def bodies(operation):
        """Yields (body, is valid) for the body schema, one field at a time."""
        for name, field in resolved(operation["requestBody"])["content"]["application/json"]["schema"]["properties"].items():
            field = resolved(field)
            yield {name: 5}, not faults(5, field)
            if "null" in field["type"]:
                yield {name: None}, True
            if "maxItems" in field:
                yield {name: ["x"] * field["maxItems"]}, True
                yield {name: ["x"] * (field["maxItems"] + 1)}, False
                yield {name: [5]}, False

    def test_every_operation_responds_as_documented(self):
        for path, method, operation in operations():
            bodies = resolved(operation.get("requestBody", {})).get("content", {}).get("application/json", {})
            examples = [bodies["example"]] if "example" in bodies else [e["value"] for e in bodies.get("examples", {}).values()]
            if "requestBody" in operation:
                self.assertTrue(examples, f"{path} has no example of a body")
            headers = {"X-API-Key": KEY, **({"Content-Type": "application/json"} if examples else {})}
            for prefix in "", "/api":
                for target, good in self.calls(path, operation):
                    for example in examples or [None]:
                        body = None if example is None else json.dumps(example)
                        with self.subTest(method=method, target=prefix + target):
                            response, _ = self.check(operation, method, prefix + target, headers, body)
                            expected = {200, 404} if good else {400}
                            self.assertIn(response.status, expected, f"{method} {target}")
            if "requestBody" in operation:
                target = next(self.calls(path, operation))[0]
                for broken in "", "{", "[]", "null", '"text"':
                    with self.subTest(method=method, target=target, body=broken):
                        self.assertEqual(self.check(operation, method, target, headers, broken)[0].status, 400)
                for body, good in self.bodies(operation):
                    with self.subTest(method=method, target=target, body=body):
                        response, _ = self.check(operation, method, target, headers, json.dumps(body))
                        self.assertEqual(response.status, 200 if good else 400)
                longest = json.dumps(examples[0]).ljust(LARGEST["body"])
                self.assertEqual(self.check(operation, method, target, headers, longest)[0].status, 200)
                too_long = {**headers, "Content-Length": str(LARGEST["body"] + 1)}  # rejected before the body arrives
                self.assertEqual(self.check(operation, method, target, too_long)[0].status, 413)

    def test_every_example_of_a_path_finds_something(self):
        for path, method, operation in operations():
            if method == "GET":
                target = next(self.calls(path, operation))[0]
                self.assertEqual(self.check(operation, method, target, {"X-API-Key": KEY})[0].status, 200, target)

    def test_every_etag_gives_a_304(self):
        for path, method, operation in operations():
            if "304" not in operation["responses"]:
                continue
            target = next(self.calls(path, operation))[0]
            first, _ = self.check(operation, method, target)
            unchanged, _ = self.check(operation, method, "/api" + target, {"If-None-Match": first.getheader("ETag")})
            self.assertEqual(unchanged.status, 304, target)

    def test_keys_are_required_as_documented(self):
        for path, method, operation in operations():
            target = next(self.calls(path, operation))[0]
            if "security" in operation:
                self.assertEqual(self.check(operation, method, target)[0].status, 401, target)
                self.assertEqual(self.check(operation, method, target, {"Authorization": f"Bearer {KEY}"})[0].status, 200)
            elif method == "GET":
                self.assertEqual(self.check(operation, method, target)[0].status, 200, target)

    def test_every_path_has_head_and_options(self):
        for path, item in DOCUMENT["paths"].items():
            method, operation = next(iter(item.items()))
            target = next(self.calls(path, operation))[0]
            response, content = self.ask("OPTIONS", target)
            self.assertEqual((response.status, content), (204, b""))
            allowed = set(response.getheader("Allow").split(", "))
            self.assertEqual(allowed, {m.upper() for m in item} | {"OPTIONS"} | ({"HEAD"} if "get" in item else set()))
            response, content = self.ask("DELETE", target)
            self.assertEqual(response.status, 405)
            self.assertEqual(set(response.getheader("Allow").split(", ")), allowed)
            self.valid(json.loads(content), {"$ref": "#/components/schemas/Error"}, target)
            if method == "get":
                response, content = self.ask("HEAD", target, {"X-API-Key": KEY})
                self.assertEqual((response.status, content), (200, b""), target)
                self.assertGreater(int(response.getheader("Content-Length")), 0)

    def test_common_errors_have_one_format(self):
        statuses = {str(status): {"$ref": f"#/components/responses/{name}"} for status, name in (
            (400, "BadRequest"), (404, "NotFound"), (405, "MethodNotAllowed"), (413, "ContentTooLarge"), (414, "UriTooLong"),
            (431, "HeaderTooLarge"))}
        for status in statuses:
            self.assertIn(status, DOCUMENT["info"]["description"])
        longest = "/livez?".ljust(LARGEST["target"], "a")
        for method, target, headers, status in (
                ("GET", "/nowhere", {}, 404), ("POST", "/nowhere", {}, 404), ("GET", "/shows/%zz/recommendations", {}, 400),
                ("PUT", "/livez", {}, 405), ("GET", "/livez", {"Content-Length": str(LARGEST["body"] + 1)}, 413),
                ("GET", longest, {}, 200), ("GET", longest + "a", {}, 414),
                ("GET", "/livez", {"Long": "a" * (LARGEST["headers"] - 1000)}, 200), ("GET", "/livez", {"Long": "a" * LARGEST["headers"]}, 431)):
            own = resolved(DOCUMENT["paths"]["/livez"]["get"]["responses"]) if status == 200 else statuses
            with self.subTest(method=method, target=target[:40], status=status):
                self.assertEqual(self.check({"responses": own}, method, target, headers)[0].status, status)

    def test_serves_the_document_of_the_sources(self):
        served = json.loads(self.ask("GET", "/openapi.json")[1])
        version = served["info"].pop("version")
        self.assertIn(version, self.succeed("--version"))
        expected = json.loads(json.dumps(DOCUMENT))
        del expected["info"]["version"]
        self.assertEqual(served, expected)


if __name__ == "__main__":
    unittest.main()
