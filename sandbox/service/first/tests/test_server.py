import http.client
import json
import threading
import time
import unittest

from backend.server import Server


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        self.connection = http.client.HTTPConnection(*self.server.server_address[:2], timeout=10)

    def tearDown(self) -> None:
        self.connection.close()
        self.server.ending.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def get(self, path: str) -> tuple[int, dict]:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def test_tells_version_and_instance(self) -> None:
        status, content = self.get("/")
        self.assertEqual(200, status)
        self.assertLessEqual({"version", "instance", "environment"}, content.keys())

    def test_answers_several_requests_on_one_connection(self) -> None:
        self.get("/")
        before = self.connection.sock
        self.get("/health")
        self.assertIs(before, self.connection.sock)

    def test_refuses_a_slowness_that_is_no_number(self) -> None:
        self.assertEqual(400, self.get("/slow?seconds=long")[0])
        self.assertEqual(400, self.get("/slow?seconds=nan")[0])

    def test_finishes_a_slow_request_that_was_under_way_at_the_end(self) -> None:
        self.connection.request("GET", "/slow?seconds=0.3")
        while self.server.wait_until_idle(0):
            time.sleep(0.01)
        self.server.ending.set()
        answer = self.connection.getresponse()
        self.assertEqual(200, answer.status)
        self.assertEqual("close", answer.getheader("Connection"))

    def test_ends_a_stream_with_its_last_chunk(self) -> None:
        self.connection.request("GET", "/stream")
        answer = self.connection.getresponse()
        self.assertIn(b"id: 1", answer.readline())
        self.server.ending.set()
        self.assertIn(b"event: end", answer.read())


if __name__ == "__main__":
    unittest.main()
