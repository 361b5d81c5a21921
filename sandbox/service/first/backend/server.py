"""The HTTP server. At SIGTERM it accepts nothing more, answers what is under way, ends its streams, and goes."""

import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from backend.health import health
from backend.home import home
from backend.slow import seconds

EVENT_SECONDS = 0.5
GRACE_SECONDS = 30.0


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int]) -> None:
        self.ending = threading.Event()
        self._under_way = 0
        self._changed = threading.Condition()
        super().__init__(address, Handler)

    def begin(self) -> None:
        with self._changed:
            self._under_way += 1

    def finish(self) -> None:
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, seconds)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet for head and body
    server: Server

    def do_GET(self) -> None:
        self.server.begin()
        try:
            self._route()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.server.finish()

    def _route(self) -> None:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        if url.path == "/":
            self._send(200, home(query))
        elif url.path == "/health":
            self._send(*health())
        elif url.path == "/slow":
            try:
                wait = seconds(query)
            except ValueError as error:
                self._send(400, {"error": str(error)})
                return
            time.sleep(wait)
            self._send(200, home(query))
        elif url.path == "/stream":
            self._stream()
        else:
            self._send(404, {"error": f"there is no {url.path}"})

    def _send(self, status: int, content: dict[str, object]) -> None:
        body = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.server.ending.is_set():
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        number = 0
        while not self.server.ending.is_set():
            number += 1
            self._chunk(f"id: {number}\ndata: {json.dumps(home({}))}\n\n".encode())
            self.server.ending.wait(EVENT_SECONDS)
        self._chunk(b"event: end\ndata: {}\n\n")
        self._chunk(b"")
        self.close_connection = True

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """The balancer logs requests; here only what goes wrong is of interest."""

    def log_error(self, format: str, *args: object) -> None:
        super().log_message(format, *args)


def main() -> None:
    address = (os.environ.get("ADDRESS", "0.0.0.0"), int(os.environ.get("PORT", "8080")))
    server = Server(address)

    def end(_number: int, _frame: object) -> None:
        server.ending.set()
        # shutdown waits for serve_forever, which runs in this very thread
        threading.Thread(target=server.shutdown).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    print(f"serving {home({})} on {address[0]}:{address[1]}", flush=True)
    server.serve_forever(poll_interval=1)
    server.socket.close()
    server.wait_until_idle(GRACE_SECONDS)
