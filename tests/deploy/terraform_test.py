"""Checks the Azure deployment with the files as parsed by Terraform's own parser."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from checkers import PROGRAM, PROJECT, check, keys_read_by, text

ROOT = PROJECT / "deploy/terraform"


def folders():
    return [ROOT, *sorted(path for path in (ROOT / "modules").iterdir() if path.is_dir())]


def parsed(folder):
    """Returns the merged blocks of the files of a module, as parsed by hcl2json."""
    blocks = {}
    for content in FILES[folder].values():
        for kind, names in content.items():
            if isinstance(names, list):
                blocks.setdefault(kind, []).extend(names)
            else:
                for name, inner in names.items():
                    if isinstance(inner, dict):
                        blocks.setdefault(kind, {}).setdefault(name, {}).update(inner)
                    else:
                        blocks.setdefault(kind, {})[name] = inner
    return blocks


def setUpModule():
    global FILES, MODULE
    paths = {str(path.relative_to(PROJECT)): path.parent for path in ROOT.rglob("*.tf") if ".terraform" not in path.parts}
    FILES = {folder: {} for folder in folders()}
    for name, content in check("hcl", *paths).items():
        FILES[paths[name]][name] = content
    MODULE = {folder.name: parsed(folder) for folder in folders()}


def resource(module, kind, name):
    (found,) = MODULE[module]["resource"][kind][name]
    return found


def default(variable):
    (found,) = MODULE["terraform"]["variable"][variable]
    return found["default"]


def whole(folder):
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.tf"))


class Facts(unittest.TestCase):
    def test_the_pipeline_is_a_container_group_with_hidden_secrets(self):
        group = resource("pipeline", "azurerm_container_group", "pipeline")
        (container,) = group["container"]
        self.assertEqual(group["restart_policy"], "Never")
        self.assertEqual(container["environment_variables"], "${var.environment}")
        self.assertEqual(container["secure_environment_variables"], "${var.secure_environment}")
        self.assertEqual(container["cpu"], "${var.cpu_cores}")
        self.assertLessEqual(default("pipeline_cpu_cores"), 2)
        self.assertLessEqual(default("pipeline_memory_in_gb"), 4)
        self.assertTrue(MODULE["pipeline"]["variable"]["secure_environment"][0]["sensitive"])
        (call,) = MODULE["terraform"]["module"]["pipeline"]
        self.assertEqual(call["image"], "${module.registry.server}/bingefriend-pipeline:${var.image_tag}")

    def test_each_program_gets_only_settings_that_it_reads(self):
        self.assertEqual(json.loads(text("deploy/terraform/settings.json")),
                         json.loads(subprocess.check_output([PROGRAM, "settings", "--format", "json"], cwd="/")))
        for name, program in (("pipeline", "pipeline"), ("api", "serve")):
            (call,) = MODULE["terraform"]["module"][f"{name}_settings"]
            self.assertEqual(call["program"], program)
            for sort, secret in (("plain", False), ("secret", True)):
                keys = set(re.findall(r"^\s*([A-Z][A-Z0-9_]*)\s*=", call[sort], re.M))
                self.assertLessEqual(keys, keys_read_by(program, secret), f"{name}: {sort}")
                self.assertIn(f"var.{name}_{'settings' if sort == 'plain' else 'secrets'}", call[sort], "any other setting can be set")
            (used,) = MODULE["terraform"]["module"][name]
            self.assertEqual(used["environment"], "${module.%s_settings.environment}" % name)
            self.assertEqual(used["secure_environment"], "${module.%s_settings.secure_environment}" % name)
        app = resource("api", "azurerm_linux_function_app", "api")
        self.assertEqual(app["app_settings"], "${merge(var.environment, var.secure_environment)}")
        (locals_,) = MODULE["settings"]["locals"]
        self.assertIn("settings.json", locals_["table"])
        for output in MODULE["settings"]["output"].values():
            self.assertIn("setsubtract", output[0]["precondition"][0]["condition"], "any other key is rejected")

    def test_api_key_and_rate_limit_can_be_set(self):
        self.assertLessEqual({"API_KEY"}, keys_read_by("serve", secret=True))
        self.assertLessEqual({"RATE_LIMIT", "TRUSTED_PROXIES"}, keys_read_by("serve", secret=False))
        for variable in ("api_secrets", "pipeline_secrets"):
            self.assertTrue(MODULE["terraform"]["variable"][variable][0]["sensitive"], variable)
        self.assertIn('"API_KEY"', text("deploy/terraform/README.md"))

    def test_only_one_step_gets_the_secrets(self):
        (workflow,) = next(iter(check("yaml", ".github/workflows/deploy.yml").values()))
        having = [step.get("name") for job in workflow["jobs"].values() for step in job["steps"] if "secrets." in json.dumps(step)]
        self.assertEqual(having, ["Terraform plan"])
        self.assertNotIn("secrets.", json.dumps(workflow["env"]))
        for job in workflow["jobs"].values():
            self.assertNotIn("secrets.", json.dumps({key: value for key, value in job.items() if key != "steps"}))

    def test_a_logic_app_starts_it_on_sundays_at_nine(self):
        self.assertEqual((default("schedule_frequency"), default("schedule_interval"), default("schedule_time"), default("schedule_days")),
                         ("Week", 1, "09:00", ["Sunday"]))
        (call,) = MODULE["terraform"]["module"]["schedule"]
        self.assertEqual([call[key] for key in ("frequency", "interval", "time", "days")],
                         [f"${{var.schedule_{key}}}" for key in ("frequency", "interval", "time", "days")])
        trigger = resource("schedule", "azurerm_logic_app_trigger_recurrence", "schedule")
        self.assertEqual((trigger["time_zone"], trigger["frequency"], trigger["interval"]), ("UTC", "${var.frequency}", "${var.interval}"))
        (schedule,) = trigger["dynamic"]["schedule"][0]["content"]
        self.assertEqual(schedule, {"at_these_hours": ["${local.hour}"], "at_these_minutes": ["${local.minute}"],
                                    "on_these_days": "${local.weekly ? var.days : null}"})

    def test_its_identity_may_only_start_that_group(self):
        self.assertEqual(resource("schedule", "azurerm_logic_app_workflow", "schedule")["identity"], [{"type": "SystemAssigned"}])
        role = resource("schedule", "azurerm_role_definition", "start")
        self.assertEqual(role["permissions"], [{"actions": ["Microsoft.ContainerInstance/containerGroups/start/action"]}])
        assigned = resource("schedule", "azurerm_role_assignment", "start")
        self.assertEqual(assigned["scope"], "${var.container_group_id}")
        self.assertIn("azurerm_role_definition.start", assigned["role_definition_id"])
        every_assignment = {(module, name) for module, blocks in MODULE.items()
                            for name in blocks.get("resource", {}).get("azurerm_role_assignment", {})}
        self.assertEqual(every_assignment, {("schedule", "start"), ("pipeline", "pull")})
        self.assertEqual(resource("pipeline", "azurerm_role_assignment", "pull")["role_definition_name"], "AcrPull")
        self.assertFalse(resource("registry", "azurerm_container_registry", "images")["admin_enabled"])

    def test_all_connections_use_tls(self):
        app = resource("api", "azurerm_linux_function_app", "api")
        self.assertTrue(app["https_only"])
        (site,) = app["site_config"]
        self.assertGreaterEqual(site["minimum_tls_version"], "1.2")
        self.assertEqual(site["ftps_state"], "Disabled")
        self.assertFalse(site["remote_debugging_enabled"])
        for way in ("ftp", "webdeploy"):
            self.assertFalse(app[f"{way}_publish_basic_authentication_enabled"], "no deployment with a password")
        self.assertEqual(site["application_stack"], [{"use_custom_runtime": True}])
        self.assertEqual(site["cors"], [{"allowed_origins": "${var.allowed_origins}", "support_credentials": False}])
        self.assertIn("azurerm_application_insights.api", site["application_insights_connection_string"])
        self.assertEqual(resource("database", "azurerm_mysql_flexible_server_configuration", "tls_only")["value"], "ON")
        storage = resource("storage", "azurerm_storage_account", "all")
        self.assertTrue(storage["https_traffic_only_enabled"])
        self.assertEqual(storage["min_tls_version"], "TLS1_2")
        for what in ("allow_nested_items_to_be_public", "local_user_enabled", "cross_tenant_replication_enabled"):
            self.assertFalse(storage[what], what)
        self.assertEqual(MODULE["terraform"]["provider"]["mysql"][0]["tls"], "true")
        self.assertNotIn("ssl", MODULE["database"]["locals"][0]["url"], "the program verifies by default")

    def test_two_accounts_have_the_rights_of_deploy_sql(self):
        for account in ("writer", "reader"):
            granted = set()
            for privileges in re.findall(r"^GRANT (.+?) ON", text(f"deploy/sql/{account}.sql"), re.M):
                granted |= set(privileges.split(", "))
            self.assertEqual(set(resource("database", "mysql_grant", account)["privileges"]), granted)
        self.assertEqual(resource("database", "mysql_user", "account")["tls_option"], "SSL")

    def test_alerts_report_success_and_failure_to_the_address(self):
        (call,) = MODULE["terraform"]["module"]["alerts"]
        self.assertEqual(call["count"], '${var.alert_email == "" ? 0 : 1}')
        (locals_,) = MODULE["alerts"]["locals"]
        looked_for = {name: re.search(r"startswith '([^']+)'", outcome["condition"])[1] for name, outcome in locals_["outcomes"].items()}
        self.assertEqual(set(looked_for), {"published", "failed"})
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        run = lambda *arguments: subprocess.run([PROGRAM, "pipeline", *arguments], cwd=folder, env={}, text=True, capture_output=True)
        good, bad = run(), run("--catalogue", "missing.json")
        says = lambda done, beginning: any(line.startswith(beginning) for line in (done.stdout + done.stderr).splitlines())
        self.assertTrue(says(good, looked_for["published"]))
        self.assertFalse(says(good, looked_for["failed"]))
        self.assertTrue(says(bad, looked_for["failed"]))
        self.assertFalse(says(bad, looked_for["published"]))


class Files(unittest.TestCase):
    def test_every_variable_has_type_description_and_validation(self):
        for module, blocks in MODULE.items():
            for name, (variable,) in blocks.get("variable", {}).items():
                self.assertIn("type", variable, f"{module}: {name}")
                self.assertTrue(variable["description"].endswith("."), f"{module}: {name}")
        for name, (variable,) in MODULE["terraform"]["variable"].items():
            if variable["type"] not in ("${map(string)}",) and name not in ("location", "database_sku", "pipeline_arguments"):
                self.assertIn("validation", variable, name)
        for name, (output,) in MODULE["terraform"]["output"].items():
            self.assertIn("description", output, name)

    def test_every_reference_exists_and_every_block_is_used(self):
        for folder in folders():
            blocks, source = MODULE[folder.name], whole(folder)
            variables = set(blocks.get("variable", {}))
            self.assertEqual(set(re.findall(r"\bvar\.(\w+)", source)), variables, folder.name)
            declared = {name for block in blocks.get("locals", []) for name in block}
            self.assertEqual(set(re.findall(r"\blocal\.(\w+)", source)), declared, folder.name)
            for kind, name in re.findall(r"\b((?:azurerm|random|mysql)_\w+)\.(\w+)", source):
                self.assertIn(name, blocks["resource"].get(kind, {}), f"{folder.name}: {kind}.{name}")
        for name, (call,) in MODULE["terraform"]["module"].items():
            module = pathlib.Path(call["source"]).name
            self.assertTrue((ROOT / call["source"]).is_dir())
            self.assertEqual(set(call) - {"source", "count"}, set(MODULE[module]["variable"]), name)
        for name, output in re.findall(r"\bmodule\.(\w+)\.(\w+)", whole(ROOT)):
            module = pathlib.Path(MODULE["terraform"]["module"][name][0]["source"]).name
            self.assertIn(output, MODULE[module]["output"], f"module.{name}")

    def test_the_readme_has_every_variable_output_and_secret(self):
        readme = text("deploy/terraform/README.md").split("## Variables")[1]
        workflow = text(".github/workflows/deploy.yml")
        rows = set(re.findall(r"^\| `(\w+)`", readme, re.M))
        expected = set(MODULE["terraform"]["variable"]) | set(MODULE["terraform"]["output"])
        expected |= set(re.findall(r"\b(?:vars|secrets)\.(\w+)", workflow)) - {"GITHUB_TOKEN"}
        self.assertEqual(rows, expected)

    def test_the_workflow_uses_existing_variables_and_outputs(self):
        workflow = text(".github/workflows/deploy.yml")
        self.assertLessEqual(set(re.findall(r"TF_VAR_(\w+)", workflow)), set(MODULE["terraform"]["variable"]))
        self.assertLessEqual(set(re.findall(r"output -raw (\w+)", workflow)), set(MODULE["terraform"]["output"]))
        for name, (variable,) in MODULE["terraform"]["variable"].items():
            if "default" not in variable:
                self.assertIn(f"TF_VAR_{name}:", workflow)

    @unittest.skipUnless(shutil.which("terraform"), "no terraform here; the workflow CI runs it")
    def test_terraform_fmt_and_test_pass(self):
        def terraform(folder, *arguments):
            done = subprocess.run(["terraform", *arguments], cwd=folder, text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        terraform(ROOT, "fmt", "-check", "-recursive")
        terraform(ROOT / "modules/settings", "test")


if __name__ == "__main__":
    unittest.main()
