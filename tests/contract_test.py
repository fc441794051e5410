"""The server and docs/openapi.yaml are one: requests made from the document, every answer held against it."""
import http.client
import json
import pathlib
import unittest
import urllib.parse

import jsonschema
import yaml

from program import ProgramTest, Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
KEY = "the key of this test"


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


def good_values(parameter):
    """The example, the default and the limits."""
    schema = resolved(parameter["schema"])
    values = [parameter["example"]] if "example" in parameter else []
    values += [example["value"] for example in parameter.get("examples", {}).values()]
    values += [schema[key] for key in ("default", "minimum", "maximum") if key in schema]
    values += schema.get("enum", [])
    return values


def bad_values(parameter):
    """What the schema does not take."""
    schema = resolved(parameter["schema"])
    if schema.get("type") not in ("integer", "number"):
        return []
    values = ["abc", "5x", "nan", ""] if parameter["in"] == "query" else ["abc", "5x"]
    values += [schema["minimum"] - 1] if "minimum" in schema else []
    values += [schema["maximum"] + 1] if "maximum" in schema else []
    return values


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
        """Asks, and holds the answer against what the document says of its status."""
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
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": DOCUMENT["components"], **schema}
        faults = list(jsonschema.Draft202012Validator(whole).iter_errors(value))
        self.assertEqual([fault.message for fault in faults], [], where)

    @staticmethod
    def target_of(path, values):
        query = []
        for parameter, value in values:
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", str(value))
            else:
                query.append((parameter["name"], value))
        return path + ("?" + urllib.parse.urlencode(query) if query else "")

    def calls(self, path, operation):
        """(target, expected to be good) of every request that the parameters make."""
        parameters = [resolved(p) for p in operation.get("parameters", [])]
        needed = [(p, good_values(p)[0]) for p in parameters if p.get("required")]
        yield self.target_of(path, needed), True
        for parameter in parameters:
            others = [(p, value) for p, value in needed if p is not parameter]
            for value in good_values(parameter):
                yield self.target_of(path, [*others, (parameter, value)]), True
            for value in bad_values(parameter):
                yield self.target_of(path, [*others, (parameter, value)]), False

    def test_every_operation_answers_as_documented(self):
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

    def test_every_example_of_a_path_finds_something(self):
        for path, method, operation in operations():
            if method == "GET":
                target = next(self.calls(path, operation))[0]
                self.assertEqual(self.check(operation, method, target, {"X-API-Key": KEY})[0].status, 200, target)

    def test_tags_are_taken_back(self):
        for path, method, operation in operations():
            if "304" not in operation["responses"]:
                continue
            target = next(self.calls(path, operation))[0]
            first, _ = self.check(operation, method, target)
            unchanged, _ = self.check(operation, method, "/api" + target, {"If-None-Match": first.getheader("ETag")})
            self.assertEqual(unchanged.status, 304, target)

    def test_keys_are_asked_for_where_the_document_says_so(self):
        for path, method, operation in operations():
            target = next(self.calls(path, operation))[0]
            if "security" in operation:
                self.assertEqual(self.check(operation, method, target)[0].status, 401, target)
                self.assertEqual(self.check(operation, method, target, {"Authorization": f"Bearer {KEY}"})[0].status, 200)
            elif method == "GET":
                self.assertEqual(self.check(operation, method, target)[0].status, 200, target)

    def test_head_and_options_come_with_every_path(self):
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

    def test_errors_outside_of_any_path_have_the_same_shape(self):
        for method, target, status in (("GET", "/nowhere", 404), ("GET", "/shows/%zz/recommendations", 400),
                                       ("GET", "/" + "a" * 9000, 414), ("POST", "/nowhere", 404)):
            response, content = self.ask(method, target)
            self.assertEqual(response.status, status, target)
            self.valid(json.loads(content), {"$ref": "#/components/schemas/Error"}, target)

    def test_the_served_document_is_the_one_in_the_sources(self):
        served = json.loads(self.ask("GET", "/openapi.json")[1])
        version = served["info"].pop("version")
        self.assertIn(version, self.succeed("--version"))
        expected = json.loads(json.dumps(DOCUMENT))
        del expected["info"]["version"]
        self.assertEqual(served, expected)


if __name__ == "__main__":
    unittest.main()
