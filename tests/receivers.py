"""Real receivers of notifications for tests of the program: a mail server and a webhook, in separate processes."""
import json
import pathlib
import subprocess
import sys

from program import ProgramTest

HERE = pathlib.Path(__file__).resolve().parent


class ReceiverTest(ProgramTest):
    certificates = None  # a folder with key.pem and certificate.pem, for servers with TLS

    def start_server(self, name, **settings):
        """Starts a server. Returns its port and the folder of received messages; `label` distinguishes several of a kind."""
        folder = self.folder / f"{name} {settings.get('tls', '')} {settings.get('label', '')} received"
        folder.mkdir()
        settings |= {"folder": str(folder)}
        if settings.get("tls", "none") != "none":
            settings |= {"certificate": str(self.certificates / "certificate.pem"), "key": str(self.certificates / "key.pem")}
        process = subprocess.Popen([sys.executable, HERE / f"{name}_server.py", json.dumps(settings)], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def stop():
            process.stdin.close()
            process.wait(timeout=30)
            process.stdout.close()

        self.addCleanup(stop)
        return int(process.stdout.readline()), folder

    def received(self, folder):
        return [json.loads(path.read_text()) for path in sorted(folder.iterdir())]
