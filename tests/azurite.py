"""Azurite, Microsoft's emulator of blob storage, on a free port; and a proxy that breaks connections."""
import base64
import datetime
import hashlib
import hmac
import os
import re
import socket
import struct
import subprocess
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request

from program import test_tools

ACCOUNT = "devstoreaccount1"
# The public key of the emulator; it opens only emulators.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class Azurite:
    """Starts once per test module; ends by its process id."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="bingefriend azurite ")
        main = test_tools() / "azurite/dist/src/blob/main.js"
        self.process = subprocess.Popen(
            [os.environ.get("NODE", "node"), main, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", self.folder.name,
             "--silent", "--disableTelemetry", "--skipApiVersionCheck"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output = ""
        for line in self.process.stdout:
            output += line
            if found := re.search(r"listens on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                break
        else:
            self.stop()
            raise RuntimeError(f"Azurite did not start: {output}")
        self.drain = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.drain.start()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.process.stdout.close()
        self.folder.cleanup()

    def connection_string(self, port=None, key=KEY):
        return f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={key};BlobEndpoint=http://127.0.0.1:{port or self.port}/{ACCOUNT};"

    def with_signature(self, rights="rwdlac", hours=1):
        return f"BlobEndpoint=http://127.0.0.1:{self.port}/{ACCOUNT};SharedAccessSignature={signature(rights, hours)}"

    def blob(self, name, data=None):
        """Reads a blob ("container/name"), or writes it; None if it does not exist."""
        url = f"http://127.0.0.1:{self.port}/{ACCOUNT}/{urllib.parse.quote(name)}?{signature('rwdlac', 1)}"
        request = urllib.request.Request(url, data, {"x-ms-blob-type": "BlockBlob", "x-ms-version": "2021-12-02"}, method="PUT" if data is not None else "GET")
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise


def signature(rights, hours):
    """Returns a shared access signature of the account for all of blob storage."""
    end = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    version = "2021-12-02"
    text = "\n".join([ACCOUNT, rights, "b", "sco", "", end, "", "https,http", version, "", ""])
    digest = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
    return urllib.parse.urlencode({"sv": version, "ss": "b", "srt": "sco", "sp": rights, "se": end, "spr": "https,http",
                                   "sig": base64.b64encode(digest).decode()})


class Proxy:
    """Forwards connections to a port.

    break_after: resets each of the first `breaks` connections after this many bytes in one direction.
    hold_at: at the n-th PUT (from 1) all traffic stops and `held` is set; `release` continues it.
    """

    def __init__(self, port, break_after=None, breaks=0, hold_at=None):
        self.target, self.break_after, self.breaks, self.hold_at = port, break_after, breaks, hold_at
        self.puts = self.broken = 0
        self.held, self.released = threading.Event(), threading.Event()
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            with self.lock:
                self.open |= {client, server}
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(source, target, source is client), daemon=True).start()

    def pump(self, source, target, is_request):
        passed = 0
        try:
            while data := source.recv(1 << 16):
                if is_request:
                    self.count_puts(data)
                passed += len(data)
                with self.lock:
                    reset = self.break_after and passed > self.break_after and self.broken < self.breaks
                    self.broken += bool(reset)
                if reset:
                    for end in (source, target):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def count_puts(self, data):
        self.puts += data.count(b"PUT /" + ACCOUNT.encode())
        if self.hold_at and self.puts >= self.hold_at and not self.released.is_set():
            self.held.set()
            self.released.wait()

    def release(self):
        self.released.set()

    def stop(self):
        self.release()
        self.listener.close()
        for end in self.open:
            end.close()
