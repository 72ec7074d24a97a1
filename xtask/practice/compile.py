"""Compiles the standard library, in the very interpreter that will run it: the same bytes on every machine.

`start.js` calls `answer()` with a question in the file `/question`, in JSON, and reads the answer from `/answer`:

    {"names": true}         the files of the library, a line each
    {"library": [names]}    an archive of these files, compiled and compressed, in base64
"""

import base64
import gzip
import importlib.util
import io
import json
import marshal
import zipfile

SOURCE = zipfile.ZipFile("/lib/python314.zip")

# A compiled file says by this that nothing has to be compared with its source.
UNCHECKED = (1).to_bytes(4, "little") + bytes(8)

# Functions that remember are often recursive. Written in Python they need nothing of the browser's stack, which is small; in C they
# would reach its end after some hundred calls.
LEFT_OUT = {"functools.py": "try:\n    from _functools import _lru_cache_wrapper\nexcept ImportError:\n    pass\n"}


def answer():
    with open("/question", encoding="utf-8") as file:
        question = json.load(file)
    with open("/answer", "wb") as file:
        if "names" in question:
            file.write("\n".join(SOURCE.namelist()).encode())
            return
        file.write(base64.b64encode(gzip.compress(archive(question["library"]), 9, mtime=0)))


def archive(names):
    """Files are stored, since the whole is compressed: better, and once."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(names):
            text = SOURCE.read(name).decode()
            assert LEFT_OUT.get(name, "") in text, name
            text = text.replace(LEFT_OUT[name], "") if name in LEFT_OUT else text
            # What is neither an assertion nor a docstring. A program's own are kept.
            code = compile(text, name, "exec", dont_inherit=True, optimize=2)
            data = importlib.util.MAGIC_NUMBER + UNCHECKED + marshal.dumps(code)
            target.writestr(zipfile.ZipInfo(f"{name}c"), data)
    return written.getvalue()
