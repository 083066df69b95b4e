"""Becomes the program that it is told to run, after giving up what that program must not have.

Runs as the user that setpriv made of root, with one argument, a JSON object: "command", what to run, without an
environment; "filter", the program of seccomp.ts in base64; "read" and "write", the folders and files that may be read
and the folders that may be written, as far as they exist. The kernel's Landlock refuses all others where it has it
(Linux 5.13 and later, unless it is switched off), networks over TCP and signals to others among them.
"""

import base64
import ctypes
import json
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)

# landlock(7): rights on files and folders by bit, and the first version of the interface that knows more of them
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1, 2, 4, 8
MAKE_DEVICES = 1 << 6 | 1 << 11
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
ONLY_FOR_FOLDERS = ~(EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15)
NETWORK_RIGHTS, SCOPES = 0b11, 0b11
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all architectures
VERSION, PATH_BENEATH = 1, 1

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2


class Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def system_call(number, *arguments):
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}: {os.strerror(ctypes.get_errno())}")
    return result


def restrict_files(read, write):
    """Nothing is opened from here on but what is named. Does nothing on a kernel without Landlock."""
    version = libc.syscall(CREATE_RULESET, None, 0, VERSION)
    if version < 1:
        return
    files = FILE_RIGHTS[max(known for known in FILE_RIGHTS if known <= version)]
    ruleset = Ruleset(files, NETWORK_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = system_call(CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    rights = [(path, EXECUTE | READ_FILE | READ_FOLDER) for path in read]
    rights += [(path, files & ~EXECUTE & ~MAKE_DEVICES) for path in write]
    for path, allowed in rights:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        if not os.path.isdir(path):
            allowed &= ~ONLY_FOR_FOLDERS
        rule = PathBeneath(allowed & files, place)
        system_call(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(place)
    system_call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def filter_system_calls(instructions):
    program = Program(len(instructions) // 8, instructions)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"the filter of system calls: {os.strerror(ctypes.get_errno())}")


def main():
    job = json.loads(sys.argv[1])
    os.umask(0o077)
    restrict_files(job["read"], job["write"])
    filter_system_calls(base64.b64decode(job["filter"]))
    os.execve(job["command"][0], job["command"], {})


try:
    main()
except OSError as error:
    sys.exit(f"{error.strerror}")
