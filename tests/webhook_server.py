"""A real webhook receiver in a separate process, for tests: python3 webhook_server.py SETTINGS

SETTINGS is JSON: folder (for each request), statuses (of the first responses; then 200), certificate and key
(files; none: plain HTTP), endless (endless response bodies). Prints its port, ends when its standard input ends.
"""
import http.server
import json
import pathlib
import ssl
import sys
import threading


class Receiver(http.server.BaseHTTPRequestHandler):
    settings = {}
    received = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        request = {"path": self.path, "headers": dict(self.headers), "body": body}
        (pathlib.Path(self.settings["folder"]) / f"{Receiver.received}.json").write_text(json.dumps(request))
        Receiver.received += 1
        statuses = self.settings.get("statuses", [])
        self.send_response(statuses.pop(0) if statuses else 200)
        self.end_headers()
        try:
            while self.settings.get("endless"):
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    Receiver.settings = json.loads(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    if "certificate" in Receiver.settings:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Receiver.settings["certificate"], Receiver.settings["key"])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
