#!/usr/bin/env python3
"""Stands in for systemd: notify_sink.py SOCKET FILE writes each datagram of sd_notify(3) into FILE, a line for each
assignment and an empty line behind each datagram."""

import socket
import sys

address, file = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(address)
with open(file, "a", encoding="utf-8") as record:
    while True:
        record.write(listener.recv(4096).decode("utf-8") + "\n\n")
        record.flush()
