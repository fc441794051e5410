"""Converts docs/openapi.yaml to JSON for programs and to an HTML page that loads nothing.

    openapi.py DOCUMENT VERSION OUT.json OUT.html
"""
import html
import json
import re
import sys

import yaml

STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:0 auto;padding:1rem}
h2{margin-top:2.5rem;border-bottom:1px solid #8886}
section{margin:1.5rem 0}
h3{font:600 1rem ui-monospace,monospace;overflow-wrap:anywhere}
.method{background:#2457a6;color:#fff;border-radius:.25rem;padding:.1rem .4rem;margin-right:.4rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8883}
pre{overflow-x:auto;background:#8882;padding:.75rem;border-radius:.25rem}
"""

LIMITS = {"minimum": "at least {}", "maximum": "at most {}", "minLength": "at least {} long", "maxLength": "at most {} long",
          "minItems": "at least {} items", "maxItems": "at most {} items", "pattern": "pattern {}"}


def text(value):
    """Converts plain text with `code` to HTML."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(str(value)))


class Page:
    def __init__(self, document):
        self.document = document

    def resolved(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def kind(self, schema):
        """Describes a schema in a few words, with a link if it has a name."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return f'<a href="#{name}">{name}</a>'
        if "const" in schema:
            return f"<code>{text(json.dumps(schema['const']))}</code>"
        if "enum" in schema:
            return " | ".join(f"<code>{text(json.dumps(value))}</code>" for value in schema["enum"])
        for word, several in ("oneOf", " or "), ("anyOf", " or "), ("allOf", " and "):
            if word in schema:
                return several.join(self.kind(part) for part in schema[word])
        kinds = schema.get("type", "any")
        words = " or ".join(kinds) if isinstance(kinds, list) else kinds
        if "items" in schema:
            words += " of " + self.kind(schema["items"])
        limits = [limit.format(schema[key]) for key, limit in LIMITS.items() if key in schema]
        if "default" in schema:
            limits.append(f"default {schema['default']}")
        return ", ".join([words, *map(text, limits)])

    def fields(self, schema):
        required = schema.get("required", [])
        return [(f"<code>{text(name)}</code>" + ("" if name in required else " (optional)"),
                 self.kind(field), text(field.get("description", "")))
                for name, field in schema.get("properties", {}).items()]

    @staticmethod
    def table(head, rows):
        lines = ["".join(f"<th>{cell}</th>" for cell in head)]
        lines += ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"

    def operation(self, method, path, operation):
        parts = [f'<section id="{operation["operationId"]}"><h3><span class="method">{method.upper()}</span>{text(path)}</h3>',
                 f"<p><b>{text(operation['summary'])}.</b> {text(operation.get('description', ''))}</p>"]
        parameters = [self.resolved(p) for p in operation.get("parameters", [])]
        if parameters:
            parts.append(self.table(("parameter", "in", "kind", ""), [
                (f"<code>{text(p['name'])}</code>", p["in"], self.kind(p["schema"]), text(p.get("description", ""))) for p in parameters]))
        for kind, media in self.resolved(operation.get("requestBody", {})).get("content", {}).items():
            parts.append(f"<p>Body: <code>{kind}</code>: {self.kind(media['schema'])}</p>")
        rows = []
        for status, response in operation["responses"].items():
            response = self.resolved(response)
            bodies = ", ".join(self.kind(media["schema"]) for media in response.get("content", {}).values())
            rows.append((f"<code>{status}</code>", text(response["description"]), bodies))
        parts.append(self.table(("status", "", "body"), rows))
        return "\n".join(parts) + "</section>"

    def html(self):
        info = self.document["info"]
        parts = [f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{text(info["title"])}: the API</title>',
                 '<meta name="viewport" content="width=device-width, initial-scale=1">',
                 f"<style>{STYLE}</style></head><body><h1>{text(info['title'])} {text(info['version'])}</h1>",
                 f"<p>{text(info['summary'])}</p>"]
        parts += [f"<p>{text(paragraph)}</p>" for paragraph in info["description"].strip().split("\n\n")]
        parts.append('<p>For programs: <a href="openapi.json">openapi.json</a></p>')
        for tag in self.document["tags"]:
            parts.append(f"<h2>{text(tag['name'].capitalize())}</h2><p>{text(tag['description'])}</p>")
            parts += [self.operation(method, path, operation) for path, item in self.document["paths"].items()
                      for method, operation in item.items() if tag["name"] in operation["tags"]]
        parts.append("<h2>Schemas</h2>")
        for name, schema in self.document["components"]["schemas"].items():
            parts.append(f'<section id="{name}"><h3>{name}</h3><p>{text(schema.get("description", ""))}</p>')
            fields = self.fields(schema)
            parts.append(self.table(("field", "kind", ""), fields) if fields else f"<p>{self.kind(schema)}</p>")
            parts.append("</section>")
        return "\n".join(parts) + "</body></html>\n"


def main(document_file, version, json_file, html_file):
    with open(document_file, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    document["info"]["version"] = version
    with open(json_file, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
    with open(html_file, "w", encoding="utf-8") as file:
        file.write(Page(document).html())


if __name__ == "__main__":
    main(*sys.argv[1:])
