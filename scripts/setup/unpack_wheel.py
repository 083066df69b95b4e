"""Takes libtensorflow and the headers that tfjs-node includes out of a TensorFlow wheel: unpack_wheel.py WHEEL FOLDER."""

import re
import sys
import zipfile

WANTED = re.compile(
    r"tensorflow/libtensorflow(_cc|_framework)\.(so\.2|2\.dylib)$"
    r"|tensorflow\w*\.libs/[^/]+$"
    r"|tensorflow/include/(tensorflow/(c|core/platform|tsl/platform)|tsl)/.+[^/]$"
)

wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    members = [member for member in archive.infolist() if WANTED.match(member.filename)]
    total = sum(member.file_size for member in members)
    done = 0
    for member in members:
        # extract() refuses to leave the folder and checks each member's CRC.
        archive.extract(member, folder)
        done += member.file_size
        print(f"Progress {done} of {total}", flush=True)
