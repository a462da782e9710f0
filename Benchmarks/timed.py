#!/usr/bin/env python3
"""Runs a command and notes its wall time and its largest resident set.

usage: timed.py NOTES COMMAND [ARGUMENT ...]

Appends a line to NOTES: milliseconds, a space, kilobytes. What the command prints is thrown away,
what it complains of is not. Linux tells a process's size from before it became the command, too:
anything smaller than this interpreter is told as the size of the interpreter. Hence no imports
that are not needed; `python3 -S` keeps it smaller still.
"""

import os
import sys
import time

notes, command = sys.argv[1], sys.argv[2:]
quiet = os.open(os.devnull, os.O_WRONLY)
began = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, quiet, 1)])
_, status, usage = os.wait4(process, 0)
milliseconds = (time.perf_counter() - began) * 1000
if status:
    sys.exit(f"{command[0]}: ended with {os.waitstatus_to_exitcode(status)}")
with open(notes, "a", encoding="ascii") as file:
    file.write(f"{milliseconds:.2f} {usage.ru_maxrss}\n")
