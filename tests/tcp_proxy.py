"""A TCP proxy that can cut or silence its connections."""
import socket
import threading


class TcpProxy:
    def __init__(self, port, host="127.0.0.1"):
        self.target = ("127.0.0.1", port)
        self.listening = socket.create_server((host, 0))
        self.port = self.listening.getsockname()[1]
        self.cut_after = None  # cuts the connection after this many bytes from the client
        self.cuts_left = 0  # number of connections to cut
        self.silent = False  # reads bytes but does not forward them
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(self.target)
            except OSError:
                client.close()
                continue
            limit = None
            if self.cuts_left > 0:
                self.cuts_left -= 1
                limit = self.cut_after
            threading.Thread(target=self.pump, args=(client, server, limit), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, None), daemon=True).start()

    def pump(self, source, sink, limit):
        passed = 0
        try:
            while data := source.recv(65536):
                if self.silent:
                    continue
                sink.sendall(data)
                passed += len(data)
                if limit is not None and passed > limit:
                    break
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        source.close()

    def close(self):
        self.listening.close()
