"""Tests the files for clusters and workflows: valid by their schemas, consistent with the program, without dead
references."""
import json
import pathlib
import re
import tempfile
import unittest

from checkers import PROJECT, check, documents, keys_read_by, text

KUBERNETES = PROJECT / "deploy/kubernetes/base"
WORKFLOWS = sorted(str(path) for path in (PROJECT / ".github/workflows").glob("*.yml"))


class Kubernetes(unittest.TestCase):
    FILES = sorted(str(path) for path in KUBERNETES.glob("*.yaml") if path.name != "kustomization.yaml")

    def setUp(self):
        (self.kustomization,) = documents(KUBERNETES / "kustomization.yaml")
        self.documents = [document for content in check("yaml", *self.FILES).values() for document in content]

    def specs(self):
        for document in self.documents:
            spec = document.get("spec", {})
            spec = spec.get("jobTemplate", {}).get("spec", spec)
            if "template" in spec:
                yield document["metadata"]["name"], spec["template"]["spec"]

    def test_are_valid_and_an_invalid_one_would_be_found(self):
        self.assertEqual(check("kubernetes", *self.FILES), [])
        mistakes = {"replcas": ("replicas: 2", "replcas: 2"), "runAsUsr": ("    runAsUser", "    runAsUsr"),
                    "spec/replicas must be integer": ("replicas: 2", "replicas: two")}
        with tempfile.TemporaryDirectory() as folder:
            wrong = [pathlib.Path(folder) / f"{i}.yaml" for i in range(len(mistakes))]
            for path, mistake in zip(wrong, mistakes.values()):
                path.write_text(text("deploy/kubernetes/base/api.yaml").replace(*mistake))
            complaints = "\n".join(check("kubernetes", *map(str, wrong)))
        for named in mistakes:
            self.assertIn(named, complaints)

    def test_kustomize_finds_its_files(self):
        self.assertEqual({str(KUBERNETES / name) for name in self.kustomization["resources"]}, set(self.FILES))
        images = {container["image"] for _, spec in self.specs() for container in spec["containers"]}
        self.assertEqual(images, {image["name"] for image in self.kustomization["images"]})
        version = re.search(r"VERSION (\S+) LANGUAGES", text("CMakeLists.txt"))[1]
        self.assertEqual({image["newTag"] for image in self.kustomization["images"]}, {version})
        maps = {generator["name"]: generator for generator in self.kustomization["configMapGenerator"]}
        for name, spec in self.specs():
            for container in spec["containers"]:
                program = "serve" if "api" in container["image"] else "pipeline"
                keys = {variable["name"] for variable in container["env"]}
                self.assertLessEqual(keys, keys_read_by(program, secret=True), name)
                self.assertTrue(all("secretKeyRef" in variable["valueFrom"] for variable in container["env"]))
                for source in container.get("envFrom", []):
                    literals = maps[source["configMapRef"]["name"]]["literals"]
                    self.assertLessEqual({literal.split("=")[0] for literal in literals}, keys_read_by(program, secret=False))

    def test_every_pod_is_confined_and_limited(self):
        pods = dict(self.specs())
        self.assertEqual(set(pods), {"bingefriend-api", "bingefriend-pipeline", "bingefriend-migrate"})
        for name, spec in pods.items():
            self.assertTrue(spec["securityContext"]["runAsNonRoot"], name)
            self.assertEqual(spec["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"}, name)
            self.assertNotEqual(spec["securityContext"]["runAsUser"], 0, name)
            self.assertFalse(spec["automountServiceAccountToken"], name)
            for container in spec["containers"]:
                self.assertEqual(container["securityContext"], {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                                                "capabilities": {"drop": ["ALL"]}})
                self.assertLessEqual({"memory", "ephemeral-storage"}, set(container["resources"]["limits"]))
                self.assertLessEqual({"memory", "ephemeral-storage", "cpu"}, set(container["resources"]["requests"]))
        (cron,) = (document for document in self.documents if document["kind"] == "CronJob")
        self.assertEqual((cron["spec"]["schedule"], cron["spec"]["timeZone"], cron["spec"]["concurrencyPolicy"]),
                         ("0 9 * * 0", "Etc/UTC", "Forbid"))

    def test_liveness_tolerates_load_and_ignores_the_database(self):
        (api,) = dict(self.specs())["bingefriend-api"]["containers"]
        paths = {probe: api[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
        self.assertEqual(paths, {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"})
        for probe in paths:
            self.assertGreaterEqual(api[probe]["timeoutSeconds"], 5, probe)
        self.assertGreaterEqual(api["livenessProbe"]["periodSeconds"] * api["livenessProbe"]["failureThreshold"], 60)
        self.assertGreaterEqual(api["startupProbe"]["periodSeconds"] * api["startupProbe"]["failureThreshold"], 60)

    def of_kind(self, kind):
        return {document["metadata"]["name"]: document["spec"] for document in self.documents if document["kind"] == kind}

    def pods(self):
        for document in self.documents:
            spec = document.get("spec", {})
            spec = spec.get("jobTemplate", {}).get("spec", spec)
            if "template" in spec:
                yield document["metadata"]["name"], spec["template"]["metadata"]["labels"]

    def selected(self, labels):
        return {name for name, own in self.pods() if labels.items() <= own.items()}

    def test_selectors_match_only_our_pods(self):
        selectors = [spec["podSelector"]["matchLabels"] for spec in self.of_kind("NetworkPolicy").values()]
        selectors += [spec["selector"]["matchLabels"] for spec in self.of_kind("PodDisruptionBudget").values()]
        selectors += [spec["selector"] for spec in self.of_kind("Service").values()]
        for selector in selectors:
            self.assertEqual(selector["app.kubernetes.io/name"], "bingefriend")
            self.assertNotEqual(self.selected(selector), set(), selector)

    def test_pods_have_only_the_connections_they_need(self):
        allowed = {name: {"in": set(), "out": set()} for name, _ in self.pods()}
        denied = set()
        for name, policy in self.of_kind("NetworkPolicy").items():
            pods = self.selected(policy["podSelector"]["matchLabels"])
            self.assertLessEqual({way.lower() for way in policy["policyTypes"]} - {"egress"}, {"ingress"}, name)
            if set(policy["policyTypes"]) == {"Ingress", "Egress"} and not {"ingress", "egress"} & set(policy):
                denied |= pods
            for way, rules in (("in", policy.get("ingress", [])), ("out", policy.get("egress", []))):
                for rule in rules:
                    for pod in pods:
                        allowed[pod][way] |= {port["port"] for port in rule["ports"]}
        self.assertEqual(denied, set(allowed), "everything else is denied")
        self.assertEqual(allowed, {"bingefriend-api": {"in": {"http"}, "out": {53, 3306}},
                                   "bingefriend-migrate": {"in": set(), "out": {53, 3306}},
                                   "bingefriend-pipeline": {"in": set(), "out": {53, 3306, 443}}})
        peers = self.of_kind("NetworkPolicy")["bingefriend-pipeline"]["egress"][0]["to"]
        excepted = {network for peer in peers for network in peer["ipBlock"]["except"]}
        self.assertIn("169.254.0.0/16", excepted, "the metadata addresses of clouds")

    def test_a_drain_leaves_one_replica(self):
        (budget,) = self.of_kind("PodDisruptionBudget").values()
        self.assertEqual(self.selected(budget["selector"]["matchLabels"]), {"bingefriend-api"})
        self.assertLess(budget["minAvailable"], self.of_kind("Deployment")["bingefriend-api"]["replicas"])

    def test_the_guide_creates_every_secret(self):
        (api,) = dict(self.specs())["bingefriend-api"]["containers"]
        keys = {variable["name"]: variable["valueFrom"]["secretKeyRef"] for variable in api["env"]}
        self.assertTrue(keys["API_KEY"]["optional"], "without it the operator routes return 401")
        guide = text("docs/operating/deployment.md")
        for _, spec in self.specs():
            for container in spec["containers"]:
                for variable in container["env"]:
                    secret = variable["valueFrom"]["secretKeyRef"]
                    self.assertTrue(re.search(rf"kubectl create secret generic {secret['name']}\b", guide), secret)
                    self.assertTrue(f"{secret['key']}=" in guide, secret)


class Workflows(unittest.TestCase):
    def test_pass_actionlint_and_it_finds_errors(self):
        self.assertEqual(check("workflow", *WORKFLOWS), [])
        with tempfile.TemporaryDirectory() as folder:
            wrong = pathlib.Path(folder) / "wrong.yml"
            wrong.write_text(text(".github/workflows/ci.yml").replace("matrix.compiler == 'clang'", "matrix.kompiler == 'clang'"))
            self.assertNotEqual(check("workflow", str(wrong)), [])

    def test_have_few_rights_pinned_actions_and_no_double_runs(self):
        for path, (workflow,) in check("yaml", *WORKFLOWS).items():
            self.assertEqual(workflow["permissions"], {"contents": "read"}, path)
            self.assertIn("group", workflow["concurrency"], path)
            for name, job in workflow["jobs"].items():
                self.assertIn("timeout-minutes", job, f"{path}: {name}")
                for step in job["steps"]:
                    if "uses" in step:
                        self.assertRegex(step["uses"], r"@[0-9a-f]{40}$", path)
                        if step["uses"].startswith("actions/checkout@"):
                            self.assertIs(step["with"]["persist-credentials"], False, path)
                    # Untrusted text reaches a shell only as a variable, never as part of the script.
                    self.assertNotRegex(step.get("run", ""), r"\$\{\{ *(github\.(event|head_ref)|inputs)", path)
        for path in WORKFLOWS:
            for line in text(path).splitlines():
                if "uses:" in line:
                    self.assertRegex(line, r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", path)

    def test_a_pull_request_gets_no_secret_and_is_never_deployed(self):
        (ci,) = documents(".github/workflows/ci.yml")
        self.assertNotIn("pull_request_target", json.dumps(ci))
        self.assertNotIn("secrets.", text(".github/workflows/ci.yml"))
        # A fork may name its branch `main`: the event and the repository decide.
        (deploy,) = documents(".github/workflows/deploy.yml")
        condition = deploy["jobs"]["package"]["if"]
        for demand in ("github.event.workflow_run.event == 'push'", "github.event.workflow_run.head_branch == 'main'",
                       "github.event.workflow_run.head_repository.full_name == github.repository",
                       "github.event.workflow_run.conclusion == 'success'"):
            self.assertIn(demand, condition)
        self.assertEqual(deploy["jobs"]["azure"]["needs"], "package")

    def test_name_only_existing_files(self):
        for path in WORKFLOWS:
            for script in re.findall(r"(?<![\w/])((?:scripts|deploy|\.ci)/[\w./-]+)", re.sub(r"^\s*#.*$", "", text(path), flags=re.M)):
                self.assertTrue((PROJECT / script).exists(), f"{path}: {script}")

    def test_the_matrix_has_two_compilers_on_two_systems(self):
        (workflow,) = documents(".github/workflows/ci.yml")
        self.assertEqual(workflow["jobs"]["build"]["strategy"]["matrix"],
                         {"system": ["debian:bookworm", "ubuntu:24.04"], "compiler": ["gcc", "clang"]})

    def test_dependabot_watches_existing_folders(self):
        (dependabot,) = documents(".github/dependabot.yml")
        for update in dependabot["updates"]:
            self.assertTrue((PROJECT / update["directory"].lstrip("/")).is_dir(), update)


class Guide(unittest.TestCase):
    def test_links_of_the_operators_guide_work(self):
        for page in [PROJECT / "docs/operating.md", *(PROJECT / "docs/operating").glob("*.md"), PROJECT / "deploy/terraform/README.md"]:
            for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
                if "://" not in target:
                    self.assertTrue((page.parent / target).exists(), f"{page.name}: {target}")


if __name__ == "__main__":
    unittest.main()
