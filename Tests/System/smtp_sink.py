#!/usr/bin/env python3
"""A mail server that keeps what it is sent: smtp_sink.py PORT FOLDER.

Each message becomes two files: FOLDER/post/NAME.mail, its bytes with LF, and FOLDER/post/NAME.args, its envelope in the
form in which the fake sendmail of common.sh records its arguments. Lines `ADDRESS CODE` in FOLDER/refusals let it answer
MAIL and RCPT of that address with that code. Port 0 takes a free one; FOLDER/port tells which.
"""

import itertools
import os
import re
import socketserver
import sys

folder = sys.argv[2]
numbers = itertools.count(1)


def refusal(address):
    """The code with which an address is refused; None when it is welcome."""
    try:
        with open(f"{folder}/refusals", encoding="ascii") as file:
            return dict(line.split() for line in file).get(address)
    except FileNotFoundError:
        return None


def keep(sender, recipients, lines):
    """The .mail gets its name last, when everything is whole."""
    for recipient in recipients:
        name = f"{folder}/post/{os.getpid()}-{next(numbers)}"
        with open(f"{name}.args", "w", encoding="ascii") as file:
            file.write("\n".join(["-i", "-f", sender, "--", recipient]) + "\n")
        with open(f"{name}.part", "wb") as file:
            file.writelines(lines)
        os.rename(f"{name}.part", f"{name}.mail")


class Session(socketserver.StreamRequestHandler):
    def answer(self, text):
        self.wfile.write(text.encode("ascii") + b"\r\n")

    def message(self):
        """The lines up to the lone dot, without the dots that the sender doubled."""
        for line in self.rfile:
            if line == b".\r\n":
                return
            if not line.endswith(b"\r\n") or len(line) > 1000:
                raise ValueError("a line without CRLF, or longer than RFC 5321 permits")
            yield line.removeprefix(b".")[:-2] + b"\n"

    def handle(self):
        self.answer("220 sink")
        sender, recipients = "", []
        for line in self.rfile:
            words = line.decode("ascii").strip()
            command = words[:4].upper()
            address = re.search(r"<(.*)>", words)
            code = refusal(address[1]) if address else None
            if code is not None:
                self.answer(f"{code} not now")
            elif command == "EHLO":
                self.answer("250-sink")
                self.answer("250 8BITMIME")
            elif command == "MAIL" and address:
                sender, recipients = address[1], []
                self.answer("250 ok")
            elif command == "RCPT" and address:
                recipients.append(address[1])
                self.answer("250 ok")
            elif command == "DATA" and recipients:
                self.answer("354 go on")
                keep(sender, recipients, list(self.message()))
                self.answer("250 kept")
            elif command == "QUIT":
                self.answer("221 bye")
                return
            else:
                self.answer("250 ok" if command in ("HELO", "RSET", "NOOP") else "503 not here")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", int(sys.argv[1])), Session) as server:
    with open(f"{folder}/port.new", "w", encoding="ascii") as file:
        file.write(f"{server.server_address[1]}\n")
    os.rename(f"{folder}/port.new", f"{folder}/port")
    server.serve_forever()
