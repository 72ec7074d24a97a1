"""Runs a program of an exercise in a case: in the page and in the build alike.

`start.js` calls `answer()` with a question in the file `/question`, in JSON, and reads the answer from `/answer`:

    {"program", "entry", "tolerance", "args", "expect"}
        {"passed", "message", "got", "expected", "path", "printed", "error"}, or {"broken": message} if the case itself cannot be read

`message` is a part of a sentence, such as `it gives [1, 2] instead of [1, 3]`, or null; `path` leads to the first difference, such as
`[2]['price']`. `error` is {"message", "line", "traceback"} if the program raised something: with the lines of the program alone.
A program is a module of its own. It begins anew in each case, and finds everything as it was before there was a program, so that no case
depends on another.
"""

import builtins
import gc
import io
import json
import linecache
import os
import re
import sys
import traceback
import types

FILE = "program.py"
MESSAGE = 300
SHORT = 120
LONG = 20_000
FRAMES = 100
HOME = "/home/python"

# What no program needs here, though the interpreter was built with it.
REFUSED = frozenset(
    "_ctypes _posixsubprocess _pyodide_core _remote_debugging _socket _testbuffer _testcapi _testclinic _testclinic_limited"
    " _testinternalcapi _testlimitedcapi _xxtestfuzz faulthandler fcntl mmap select termios xxsubtype".split()
)


class Absent:
    """Says what a module's absence means: the standard library is not all there."""

    def find_spec(self, name, path=None, target=None):
        if name in REFUSED or self is last and name.partition(".")[0] in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"the module {name} is not on offer here", name=name)
        return None


first, last = Absent(), Absent()
sys.meta_path[:] = [first, *sys.meta_path, last]


class Printed(io.TextIOBase):
    """What a program prints: as much as anybody reads."""

    def __init__(self):
        self.parts = []
        self.left = LONG

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.left >= 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
        return len(text)

    def taken(self):
        text = "".join(self.parts) + ("\n…" if self.left < 0 else "")
        self.__init__()
        return text


KINDS = (bool, int, float, str, bytes, list, tuple, dict, set, frozenset)
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def kind_of(value):
    """A Counter is a dict, and a named tuple a tuple, but a list is no tuple, and True no 1."""
    return next((kind for kind in KINDS if isinstance(value, kind)), type(value))


def shown(value, most=SHORT):
    if type(value) in (str, bytes):
        value = value[:most]
    try:
        # Nobody looks for addresses in what is not shown.
        text = ADDRESS.sub("", repr(value)[: 2 * most])
    except BaseException:
        text = f"a {type(value).__name__} that cannot be shown"
    return text if len(text) <= most else text[: most - 1] + "…"


def difference(got, expected, tolerance, path=""):
    """The path to the first difference, and what it is, after "it gives "; None if there is none."""
    kind = kind_of(expected)
    if kind_of(got) is not kind:
        return path, f"{shown(got)} instead of {shown(expected)}"
    if kind in (list, tuple):
        found = (difference(a, b, tolerance, f"{path}[{at}]") for at, (a, b) in enumerate(zip(got, expected)))
        counts = None if len(got) == len(expected) else (path, f"{counted(len(got))} instead of {len(expected)}")
        return next(filter(None, found), counts)
    if kind is dict:
        return difference_of_dicts(got, expected, tolerance, path)
    if kind in (set, frozenset):
        return difference_of_members(got, expected, path, "member")
    if close(got, expected, tolerance) if kind is float else got == expected:
        return None
    return path, f"{shown(got)} instead of {shown(expected)}"


def difference_of_dicts(got, expected, tolerance, path):
    keys = difference_of_members(got.keys(), expected.keys(), path, "key")
    if keys:
        return keys
    found = (difference(dict.get(got, key), expected[key], tolerance, f"{path}[{shown(key)}]") for key in expected)
    return next(filter(None, found), None)


def difference_of_members(got, expected, path, what):
    same = {member: member for member in got}
    for member in expected:
        if member not in same or kind_of(same[member]) is not kind_of(member):
            return path, f"no {what} {shown(member)}"
    surplus = [member for member in got if member not in expected]
    return (path, f"the {what} {shown(surplus[0])}, which is too much") if surplus else None


def counted(count):
    return f"{count} value{'' if count == 1 else 's'}"


def close(a, b, tolerance):
    """Absolutely up to 1, else in proportion to the larger."""
    return a == b or abs(a - b) <= tolerance * max(abs(a), abs(b), 1.0) or (a != a and b != b)


def judged(given):
    """What comes of a program in a case."""
    try:
        args, expected = evaluated(given, "args"), evaluated(given, "expect")
        if not isinstance(args, tuple):
            raise ValueError(f"args gives a {type(args).__name__} instead of a tuple, such as (1,)")
    except ValueError as error:
        return {"broken": cut(str(error), MESSAGE)}
    answer = {"passed": False, "message": None, "got": None, "expected": shown(expected, LONG), "path": None, "error": None}
    names, error = begun(given["program"])
    if error:
        return answer | {"message": raised(error), "error": error}
    function = names.get(given["entry"])
    if not callable(function):
        return answer | {"message": f"it has no function {given['entry']}"}
    got, error = tried(lambda: function(*args))
    found, error = tried(lambda: difference(got, expected, given.get("tolerance") or 0.0)) if error is None else (None, error)
    if error:
        return answer | {"message": raised(error), "error": error}
    answer["got"] = shown(got, LONG)
    if found is None:
        return answer | {"passed": True}
    return answer | {"path": found[0], "message": gives(answer["got"], answer["expected"], *found)}


def begun(text):
    """The names of a program that has begun, and what is said of what it raised."""
    module = types.ModuleType("program")
    module.__file__ = FILE
    sys.modules["program"] = module
    linecache.cache[FILE] = (len(text), None, text.splitlines(keepends=True), FILE)
    names = vars(module)
    _, error = tried(lambda: exec(compile(text, FILE, "exec", dont_inherit=True), names))
    return names, error


def tried(act):
    """What the program gives, and what is said of what it raised. What is built in is as it was: it is needed to judge."""
    try:
        got, error = act(), None
    except BaseException as caught:
        got, error = None, caught
    built_in.update(functions)
    said = error and told(error)
    # It leads to this frame, and would keep all that the program held.
    del error
    return got, said


def evaluated(given, name):
    """A value of a case, made anew."""
    try:
        return eval(given[name].strip(), {})
    except BaseException as error:
        raise ValueError(f"{name} cannot be read: {described(error)}") from None


def gives(got, expected, path, found):
    if len(got) <= SHORT and len(expected) <= SHORT and got != expected:
        return f"it gives {got} instead of {expected}"
    return cut(f"it gives {found} at {path}" if path else f"it gives {found}", MESSAGE)


def described(error):
    try:
        text = ADDRESS.sub("", str(error))
    except BaseException:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def raised(error):
    return cut(f"it raises {error['message']}", MESSAGE)


def cut(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"


def told(error):
    """What is said of an error: the program's own lines are what its author can change."""
    whole = traceback.TracebackException(type(error), error, error.__traceback__, limit=-FRAMES, compact=True)
    part, line, seen = whole, None, set()
    while part and id(part) not in seen:
        seen.add(id(part))
        part.stack = traceback.StackSummary.from_list(frame for frame in part.stack if frame.filename == FILE)
        if part is whole and part.stack:
            line = part.stack[-1].lineno
        part = part.__cause__ or part.__context__
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line = error.lineno
    lines = whole.format() if whole.stack else whole.format_exception_only()
    return {"message": cut(described(error), MESSAGE), "line": line, "traceback": cut("".join(lines), LONG)}


printed = Printed()


def answer():
    """Answers the question that is in its file."""
    restore()
    with open("/question", encoding="utf-8") as file:
        question = json.load(file)
    printed.taken()
    sys.stdout = sys.stderr = printed
    sys.stdin = io.StringIO()
    found = judged(question)
    found["printed"] = printed.taken()
    with open("/answer", "w", encoding="utf-8") as file:
        file.write(dumps(found))


dumps = json.dumps
# The modules that are loaded, with all that is in them; a program may have changed it.
modules = {name: (module, dict(vars(module))) for name, module in sys.modules.items() if name != "__main__"}
environment = dict(os.environ)
finders, folders = list(sys.meta_path), list(sys.path)
built_in = vars(builtins)
functions = dict(built_in)


def restore():
    """Makes everything as it was before there was a program."""
    # What the program left may still act while it is thrown away.
    gc.enable()
    gc.collect()
    globals().update(own)
    for name in sys.modules.keys() - modules.keys() - {"__main__"}:
        del sys.modules[name]
    for name, (module, attributes) in modules.items():
        sys.modules[name] = module
        names = vars(module)
        for surplus in names.keys() - attributes.keys():
            del names[surplus]
        names.update(attributes)
    sys.meta_path[:] = finders
    sys.path[:] = folders
    sys.setrecursionlimit(1000)
    sys.settrace(None)
    sys.setprofile(None)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir("/")
    for folder in (HOME, "/tmp"):
        empty(folder)
    os.chdir(HOME)


def empty(folder):
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(path, name))
        for name in folders:
            os.rmdir(os.path.join(path, name))


own = dict(globals())
# What is there now is there to stay, and need not be looked at for garbage.
gc.freeze()
