"""Builds the images like docker, with the bare Debian as their base, and runs their programs."""
import json
import os
import pathlib
import re
import subprocess
import unittest

from debian_root import PROJECT, DebianRoot, get, mount

DOCKERFILE = PROJECT / "deploy/docker/Dockerfile"
STORAGE = pathlib.Path(os.environ.get("BINGEFRIEND_STORAGE", "/tmp/containers"))
USER = "10001"


def buildah(*arguments):
    done = subprocess.run(["buildah", "--root", STORAGE / "root", "--runroot", STORAGE / "run", *map(str, arguments)],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise AssertionError(f"buildah {arguments}:\n{done.stdout[-6000:]}")
    return done.stdout.strip()


def setUpModule():
    if not os.environ.get("DEBIAN_ROOT"):
        raise unittest.SkipTest("run by scripts/test-deploy")
    base = re.search(r"^ARG DEBIAN=(\S+)$", DOCKERFILE.read_text(), re.M)[1]
    container = buildah("from", "--quiet", "scratch").splitlines()[-1]
    buildah("add", "--quiet", container, os.environ["DEBIAN_TAR"])
    buildah("commit", "--quiet", container, base)
    buildah("rm", container)
    # The build stage would install compilers and build again; here the package that was just built replaces it.
    stage = [] if os.environ.get("BINGEFRIEND_WHOLE_IMAGES") else ["--build-context", f"build={os.environ['BINGEFRIEND_STAGE']}"]
    for target in ("pipeline", "api"):
        buildah("bud", "--quiet", "--isolation", "chroot", "--pull-never", "--format", "docker", "--layers", *stage,
                "--file", DOCKERFILE, "--target", target, "--tag", f"bingefriend-{target}", "--build-arg", "VERSION=1.2.3", PROJECT)


class Images(unittest.TestCase):
    def root_of(self, image):
        """Returns the root of a container of the image, under a writable layer for its volumes."""
        container = buildah("from", "--quiet", "--pull-never", image).splitlines()[-1]
        self.addCleanup(buildah, "rm", container)
        mounted = buildah("mount", container).splitlines()[-1]
        self.addCleanup(buildah, "umount", container)
        return DebianRoot(self, base=mounted)

    def config_of(self, image):
        return json.loads(buildah("inspect", "--type", "image", image))["Docker"]["config"]

    def test_run_without_root_and_have_labels(self):
        for image, command in (("bingefriend-pipeline", ["pipeline"]), ("bingefriend-api", ["serve", "--host", "0.0.0.0"])):
            config = self.config_of(image)
            self.assertEqual(config["User"], "10001:10001")
            self.assertEqual((config["Entrypoint"], config["Cmd"], config["WorkingDir"]), (["bingefriend"], command, "/data"))
            self.assertEqual(config["Labels"]["org.opencontainers.image.version"], "1.2.3")
        self.assertIn("8080/tcp", self.config_of("bingefriend-api")["ExposedPorts"])
        self.assertEqual(self.config_of("bingefriend-api")["Healthcheck"]["Test"], ["CMD", "healthy"])

    def test_contain_no_compiler_and_are_small(self):
        root = self.root_of("bingefriend-api")
        tools = re.compile(r"(gcc|g\+\+|cc|c\+\+|clang|cmake|ninja|make|ld|as)(-\d+)?")
        self.assertEqual([path.name for path in (root / "usr/bin").iterdir() if tools.fullmatch(path.name)], [])
        self.assertFalse((root / "usr/include/boost").exists())
        added = sum(int(size) for size in re.findall(r"^(\d+)\t", subprocess.check_output(["du", "-sxk", root.path], text=True), re.M))
        base = sum(int(size) for size in re.findall(r"^(\d+)\t", subprocess.check_output(["du", "-sxk", os.environ["DEBIAN_ROOT"]], text=True), re.M))
        self.assertLess(added - base, 120 * 1024, "kB over the base")

    def test_publish_and_serve_on_a_read_only_root(self):
        pipeline = self.root_of("bingefriend-pipeline")
        mount("-o", "remount,ro", pipeline.path)
        mount("-t", "tmpfs", "-o", f"mode=0750,uid={USER},gid={USER}", "data", pipeline / "data")
        self.assertIn("published: generation 1", pipeline.run("bingefriend", "pipeline", user=USER, folder="/data"))

        api = self.root_of("bingefriend-api")
        mount("-o", "remount,ro", api.path)
        mount("--bind", pipeline / "data", api / "data")
        url = api.serve("bingefriend", "serve", "--host", "0.0.0.0", "--port", "0", user=USER, folder="/data")
        status, body = get(url + "/shows/169/recommendations?n=3")
        self.assertEqual((status, json.loads(body)["count"]), (200, 3))
        api.assert_page(url)
        port = url.rsplit(":", 1)[1]
        for path in ((), ("/readyz",)):
            api.run("healthy", *path, user=USER, environment={"PORT": port})

    def test_the_health_check_tests_liveness_or_readiness(self):
        api = self.root_of("bingefriend-api")
        url = api.serve("bingefriend", "serve", "--host", "0.0.0.0", "--port", "0", user=USER, folder="/data")
        self.assertEqual(get(url + "/recommendations/health")[0], 503)
        healthy = lambda *path, port=url.rsplit(":", 1)[1]: api.try_to("healthy", *path, user=USER, environment={"PORT": port}).returncode
        self.assertEqual(healthy(), 0, "a restart would not help")
        self.assertNotEqual(healthy("/readyz"), 0)
        self.assertNotEqual(healthy(port="1"), 0)

    def test_operator_routes_need_the_key(self):
        api = self.root_of("bingefriend-api")
        command = ("bingefriend", *self.config_of("bingefriend-api")["Cmd"], "--port", "0")
        url = api.serve(*command, user=USER, folder="/data")
        self.assertEqual(get(url + "/metrics")[0], 401)
        url = api.serve(*command, user=USER, folder="/data", environment={"API_KEY": "a-key-of-the-test"})
        self.assertEqual([get(url + "/metrics", key=key)[0] for key in (None, "another", "a-key-of-the-test")], [401, 401, 200])

    def test_contain_no_set_user_id_program_and_no_secret(self):
        for image in ("bingefriend-pipeline", "bingefriend-api"):
            root = self.root_of(image)
            self.assertEqual(root.run("find", "/", "-xdev", "-type", "f", "-perm", "/6000"), "")
            names = {variable.split("=")[0] for variable in self.config_of(image).get("Env") or []}
            self.assertLessEqual(names, {"PATH"})
            self.assertEqual(root.run("find", "/", "-xdev", "-name", ".env", "-o", "-name", "local.settings.json"), "")

    def test_create_certificates_without_root_on_a_read_only_root(self):
        root = self.root_of("bingefriend-pipeline")
        volumes = [root / name for name in ("certificates", "authority")]
        self.assertEqual(root.run("stat", "-c", "%u:%g %a", "/certificates", "/authority"), f"{USER}:{USER} 755\n" * 2)
        mount("-o", "remount,ro", root.path)
        for volume in volumes:
            mount("-t", "tmpfs", "-o", f"mode=0755,uid={USER},gid={USER}", "volume", volume)
        self.assertIn("created ", root.run("make-certificates", user=USER))
        self.assertEqual(root.run("make-certificates", user=USER), "")
        self.assertEqual(root.run("stat", "-c", "%u:%g %a", "/certificates/server.key"), f"{USER}:{USER} 640\n")

    def test_the_weekly_schedule_runs_at_once_and_then_on_sunday(self):
        root = self.root_of("bingefriend-pipeline")
        process = subprocess.Popen(root.command("every-week", user=USER, folder="/data"), text=True, stdout=subprocess.PIPE)
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("every-week: next run"):
                break
        process.terminate()
        process.communicate(timeout=60)
        self.assertTrue(any("published: generation" in line for line in lines), lines)
        day = subprocess.check_output(["date", "-u", "-d", lines[-1].split()[-1], "+%A %H:%M"], text=True).strip()
        self.assertEqual(day, "Sunday 09:00")
        self.assertEqual(root.try_to("every-week", user=USER, environment={"PIPELINE_DAY": "Someday"}).returncode, 2)


if __name__ == "__main__":
    unittest.main()
