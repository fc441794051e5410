"""Compares the limits in docs/operating/security.md with the program: every row of its tables."""
import pathlib
import re
import unittest

import yaml

from program import ProgramTest, settings

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/operating/security.md"
UNITS = {"": 1, "bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "ms": 1, "s": 1000}
# Limit -> source file and the text before its number.
IN_THE_SOURCES = {
    "headers": ("src/http/options.hpp", r"header_bytes = "),
    "target: path and query": ("src/http/options.hpp", r"target_bytes = "),
    "body": ("src/http/options.hpp", r"body_bytes = "),
    "time for a request to arrive": ("src/http/options.hpp", r"request_timeout\{"),
    "time between requests": ("src/http/options.hpp", r"idle_timeout\{"),
    "time to receive a response": ("src/http/options.hpp", r"write_timeout\{"),
    "time in a queue": ("src/api/serve.hpp", r"queue_timeout\{"),
    "response bodies in memory, over all requests": ("src/api/serve.hpp", r"response_bytes = "),
    "connections": ("src/http/options.hpp", r"connections = "),
    "connections per address": ("src/http/options.hpp", r"connections_per_address = "),
    "text of a search": ("src/api/catalogue.cpp", r"max_search_bytes = "),
    "words of a search": ("src/search/name_search.cpp", r"max_words = "),
    "names of a filter": ("src/api/parameters.hpp", r"max_names = "),
    "HTML tags of an external text, counted by their `<`": ("src/api/parameters.hpp", r"max_tags = "),
    "a record": ("src/domain/show.hpp", r"record_bytes = "),
    "a summary": ("src/domain/show.hpp", r"summary_bytes = "),
    "a name, a genre, a network": ("src/domain/show.hpp", r"name_bytes = "),
    "genres of a show": ("src/domain/show.hpp", r"genres = "),
    "a link": ("src/domain/show.hpp", r"link_bytes = "),
    "packed features of a generation": ("src/packed/packed_features.hpp", r"most_packed_bytes = "),
}
# Limit -> operation, parameter and bound in docs/openapi.yaml.
IN_THE_CONTRACT = {
    "shows of a list, `n`": ("getRecommendations", "n", "maximum"),
    "shows of a bulk page": ("getShowsBulk", "limit", "maximum"),
    "`offset` of a bulk page": ("getShowsBulk", "offset", "maximum"),
    "ids of `like` and of `unlike`": ("getMixedRecommendations", "like", "maxItems"),
    "ids of `exclude`": ("getRecommendations", "exclude", "maxItems"),
}
IN_THE_SETTINGS = {
    "requests per second per address": "RATE_LIMIT",
    "a response of a service, decompressed": "FETCH_MAX_ANSWER_BYTES",
    "time for a response of a service": "FETCH_TOTAL_TIMEOUT_MS",
}


def number(text):
    """Parses '16 KiB', '10 s' (to ms) or '4,096'; 'none' is 0."""
    if text == "none":
        return 0
    figure, unit = re.fullmatch(r"([\d,.]+) ?([A-Za-z]*)", text).groups()
    return int(figure.replace(",", "")) * UNITS[unit]


def constant(file, before):
    """Returns the value of a C++ constant: products and shifts of numbers."""
    value = re.search(before + r"(?:std::\w+\{)?([\d'][^;,]*)", (ROOT / file).read_text(encoding="utf-8"))
    expression = re.sub(r"(?<=\d)u\b|'|\}", "", value[1])
    result = 1
    for factor in expression.split("*"):
        parts = [int(part) for part in factor.split("<<")]
        result *= parts[0] << sum(parts[1:])
    return result


def resolved(contract, node):
    while "$ref" in node:
        target = contract
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        node = target
    return node


def bound(operation, parameter, which):
    contract = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
    operations = [what for path in contract["paths"].values() for what in path.values() if isinstance(what, dict)]
    (found,) = [what for what in operations if what.get("operationId") == operation]
    (schema,) = [resolved(contract, each)["schema"] for each in found["parameters"] if resolved(contract, each)["name"] == parameter]
    return resolved(contract, schema)[which]


class Security(ProgramTest):
    def test_the_documented_limits_match_the_program(self):
        page = PAGE.read_text(encoding="utf-8")
        defaults = {setting["key"]: setting["default"] for setting in settings()}
        seen = set()
        for section in re.findall(r"^## Limits .*?(?=^## )", page, re.M | re.S):
            for what, limit, _ in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", section, re.M)[1:]:
                value, *keys = re.split(r", (?=`)", limit)
                if what in IN_THE_SOURCES:
                    self.assertEqual(number(value), constant(*IN_THE_SOURCES[what]), what)
                elif what in IN_THE_CONTRACT:
                    self.assertEqual(number(value), bound(*IN_THE_CONTRACT[what]), what)
                else:
                    self.assertEqual([f"`{IN_THE_SETTINGS[what]}`"], keys, what)
                for key in keys:
                    default = int(defaults[key.strip("`")])
                    # Settings have different units: seconds or milliseconds.
                    self.assertIn(default, (number(value), number(value) / 1000), what)
                seen.add(what)
        self.assertEqual(seen, {*IN_THE_SOURCES, *IN_THE_CONTRACT, *IN_THE_SETTINGS})

    def test_the_documented_guarded_routes_match_the_contract(self):
        contract = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))
        guarded = {path for path, methods in contract["paths"].items() if any("security" in what for what in methods.values() if isinstance(what, dict))}
        named = set(re.findall(r"`(/[\w/]+)`", re.search(r"describe the operation\s+of the server \(([^)]*)\)", PAGE.read_text(encoding="utf-8"))[1]))
        self.assertEqual(named, guarded)

    def test_the_report_address_matches_the_package(self):
        maintainers = re.search(r"<(\S+@\S+)>", (ROOT / "cmake/package.cmake").read_text(encoding="utf-8"))[1]
        self.assertIn(maintainers, PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
