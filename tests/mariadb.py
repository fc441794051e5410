"""A MariaDB server for one test: in a temporary folder, on a free loopback port, ended by its process id.

Also a program: python3 tests/mariadb.py COMMAND starts a server with its defaults and runs the command with DATABASE_URL set.
"""
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import pymysql

SMALL = ("--innodb-log-file-size=16M", "--innodb-buffer-pool-size=32M", "--skip-performance-schema")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", "")


def die_with_the_test():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: even a killed test leaves no server behind


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def make_authority(folder):
    """Creates ca.pem, and a certificate signed by it for localhost and 127.0.0.1."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=test authority", "-days", "2")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names",
            "-out", "server.pem", "-days", "2")


class Mariadb:
    init_command = None  # for the connections of the test

    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="bingefriend-mariadb-")
        self.path = pathlib.Path(self.folder.name)
        self.options = options
        self.process = None
        self.databases = 0
        self.common = ["--no-defaults", f"--datadir={self.path}/data"] + (["--user=root"] if os.geteuid() == 0 else [])
        # --force: a container may have no /etc/hosts, and the server needs no host name.
        subprocess.run(["mariadb-install-db", *self.common, "--auth-root-authentication-method=normal", "--skip-test-db", "--force"],
                       check=True, capture_output=True, env={**os.environ, "PATH": PATH})
        make_authority(self.path)
        self.ca = self.path / "ca.pem"
        self.port = None
        self.start()

    def start(self):
        """Starts the server, on its previous port if it had one."""
        for _ in range(5):
            port = self.port or free_port()
            log = open(self.path / "log", "ab")
            self.process = subprocess.Popen(
                ["mariadbd", *self.common, f"--port={port}", "--bind-address=127.0.0.1", f"--socket={self.path}/socket",
                 f"--tmpdir={self.path}", f"--ssl-cert={self.path}/server.pem", f"--ssl-key={self.path}/server.key", *self.options],
                stdout=subprocess.DEVNULL, stderr=log, preexec_fn=die_with_the_test,
                env={**os.environ, "PATH": PATH})
            log.close()
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and self.process.poll() is None:
                try:
                    self.connection(port=port).close()
                    self.port = port
                    return
                except pymysql.err.OperationalError:
                    time.sleep(0.02)
            self.kill()
            if time.monotonic() > deadline:
                break  # otherwise another program may have taken the port
        raise RuntimeError((self.path / "log").read_text()[-4000:])

    def kill(self, how=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=60)

    def close(self):
        self.kill()
        self.folder.cleanup()

    def connection(self, database=None, user="root", password="", port=None):
        return pymysql.connect(host="127.0.0.1", port=port or self.port, user=user, password=password, database=database,
                               charset="utf8mb4", autocommit=True, init_command=self.init_command)

    def new_database(self):
        self.databases += 1
        name = f"test_{self.databases}"
        self.ask(None, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return name

    def url(self, database, user="root", password="", port=None, parameters=""):
        return f"mysql+pymysql://{user}:{password}@127.0.0.1:{port or self.port}/{database}{parameters}"

    def ask(self, database, *statements):
        """Runs the statements as root; returns the rows of the last one."""
        connection = self.connection(database)
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()


_SERVER = None


def server():
    """Returns the server of this test program; starts it on first use."""
    global _SERVER
    if _SERVER is None:
        _SERVER = Mariadb(*SMALL)
        unittest.addModuleCleanup(_SERVER.close)
    return _SERVER


if __name__ == "__main__":
    alone = Mariadb()
    try:
        url = alone.url(alone.new_database())
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode)
    finally:
        alone.close()
