"""A real SMTP server in a separate process, for tests: python3 mail_server.py SETTINGS

SETTINGS is JSON: folder (for each message with its envelope), tls ("starttls", "implicit" or "none"),
certificate and key (files), user and password (none: no AUTH required), replies (for the first
recipients, such as "451 Later"; later recipients are accepted). Prints its port, ends when its standard input ends.
"""
import asyncio
import json
import logging
import pathlib
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


class Inbox:
    def __init__(self, settings):
        self.folder = pathlib.Path(settings["folder"])
        self.replies = list(settings.get("replies", []))
        self.received = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.replies:
            return self.replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None or server.implicit,
                   "user": session.auth_data.login.decode() if session.authenticated else None,
                   "content": envelope.content.decode("ascii")}
        (self.folder / f"{self.received}.json").write_text(json.dumps(message))
        self.received += 1
        return "250 Message accepted for delivery"


async def serve(settings):
    context = None
    if settings["tls"] != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["certificate"], settings["key"])
    implicit = settings["tls"] == "implicit"

    def authenticate(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (settings["user"].encode(), settings["password"].encode())
        return AuthResult(success=right, auth_data=data)

    inbox = Inbox(settings)

    def protocol():
        server = SMTP(inbox, hostname="mail.test", tls_context=None if implicit else context,
                      require_starttls=settings["tls"] == "starttls", auth_required="user" in settings,
                      auth_require_tls=settings["tls"] == "starttls",
                      authenticator=authenticate if "user" in settings else None)
        server.implicit = implicit
        return server

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=context if implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    logging.disable()
    warnings.simplefilter("ignore")  # about AUTH without STARTTLS: here the socket has TLS
    asyncio.run(serve(json.loads(sys.argv[1])))
