#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A small HTTP service on loopback.

    /        a greeting
    /health  200 and {"version": …, "environment": …}; with ?release=N only where N is what runs here
"""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

HERE = Path(__file__).resolve().parent  # …/releases/N
VERSION = (HERE / "VERSION").read_text().strip()
ENVIRONMENT = os.environ["DAVIT_ENVIRONMENT"]
GREETING = "Hello"


class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlparse(self.path)
        if url.path == "/":
            self.answer(200, "text/plain", f"{GREETING} from {ENVIRONMENT}, version {VERSION}\n")
        elif url.path == "/health":
            asked = parse_qs(url.query).get("release", [HERE.name])[0]
            health = {"version": VERSION, "release": HERE.name, "environment": ENVIRONMENT}
            self.answer(200 if asked == HERE.name else 409, "application/json", json.dumps(health))
        else:
            self.answer(404, "text/plain", "no such page\n")

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Hello).serve_forever()
