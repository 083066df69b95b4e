"""Downloads one wheel by pip's own session, and goes on where an earlier download broke off: fetch_wheel.py PLATFORM REQUIREMENT FILE.

pip's session has the reader's index, proxy, certificates and credentials, but `pip download` starts a broken download from
nothing. These are pip's internals, which may change with any release: pip is pinned, in pip.txt.
"""

import os
import sys

from pip._internal.commands import create_command
from pip._internal.cli.cmdoptions import make_target_python
from pip._internal.req.constructors import install_req_from_line

platform, requirement, target = sys.argv[1:]
command = create_command("download")
options, _ = command.parse_args(
    ["--no-deps", "--only-binary=:all:", "--platform", platform, "--python-version", "311", "--implementation", "cp", requirement]
)
with command.main_context():
    session = command.get_default_session(options)
    session.auth.prompting = False
    finder = command._build_package_finder(options, session, target_python=make_target_python(options))
    wanted = install_req_from_line(requirement).req
    found = finder.find_best_candidate(wanted.name, wanted.specifier).best_candidate
    if found is None:
        sys.exit(f"ERROR: No matching distribution found for {requirement} for {platform} (from versions: none)")
    have = os.path.getsize(target) if os.path.exists(target) else 0
    headers = {"Accept-Encoding": "identity", "Cache-Control": "no-store"}
    if have:
        headers["Range"] = f"bytes={have}-"
    response = session.get(found.link.url_without_fragment, headers=headers, stream=True)
    if response.status_code == 416:  # all of it is here already
        sys.exit(0)
    response.raise_for_status()
    resumed = response.status_code == 206
    have = have if resumed else 0
    total = have + int(response.headers.get("Content-Length", 0))
    if resumed:
        print(f"Resuming at {have}", flush=True)
    with open(target, "ab" if resumed else "wb") as file:
        for chunk in response.raw.stream(1 << 20, decode_content=False):
            file.write(chunk)
            have += len(chunk)
            print(f"Progress {have} of {total}", flush=True)
    if total and have != total:
        sys.exit(f"ERROR: Connection broken: {have} of {total} bytes")
