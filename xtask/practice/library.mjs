// Which files of Python's standard library are kept.

/** What leads elsewhere, cannot work in one thread without a system, or is for those who develop Python; folders end with a slash. */
const LEFT_OUT = new Set(
  (
    // The network and other processes.
    "_ssl asyncio/ concurrent/ email/ ftplib http/ imaplib mailbox mimetypes multiprocessing/ netrc poplib pty selectors smtplib socket " +
    "socketserver ssl subprocess tty urllib/error urllib/request urllib/response urllib/robotparser webbrowser wsgiref/ xmlrpc/ " +
    // The system, native code, time zones, whose data is not there, and what is compressed.
    "_ios_support _sysconfigdata__emscripten_wasm32-emscripten compression/zstd/ ctypes/ getpass nturl2path sysconfig/ tarfile zipapp zipfile/ zoneinfo/ " +
    // The command line, and what develops, tests, measures and packages programs.
    "_pyrepl/ argparse bdb cProfile cmd code compileall dbm/ doctest fileinput getopt gettext importlib/metadata/ importlib/readers " +
    "importlib/resources/ importlib/simple json/__main__ json/tool logging/config logging/handlers modulefinder optparse pdb pickletools " +
    "plistlib profile pstats py_compile pyclbr pydoc rlcompleter runpy shelve site-packages/ sqlite3/__main__ symtable tabnanny trace " +
    "tracemalloc unittest/ wave xml/dom/ xml/sax/ " +
    // What is in the interpreter itself, and Pyodide's bridge.
    "_py_abc _pydatetime _pyio _pyodide/ importlib/_bootstrap importlib/_bootstrap_external pyodide/ zipimport " +
    // Jokes, and names of the past.
    "__hello__ __phello__/ antigravity sre_compile sre_constants sre_parse this"
  ).split(" "),
);

/** The encodings that are kept: files from elsewhere are written in some of them. */
const ENCODINGS = new Set(
  ("__init__ aliases ascii base64_codec charmap cp1252 cp437 hex_codec idna iso8859_1 iso8859_15 latin_1 punycode raw_unicode_escape " +
    "rot_13 unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_8 utf_8_sig").split(" "),
);

/** Whether a file, such as `json/decoder.py`, is kept. */
export function isKept(file) {
  if (!file.endsWith(".py")) return false;
  const module = file.slice(0, -3);
  const folders = [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index + 1));
  if (LEFT_OUT.has(module) || folders.some((folder) => LEFT_OUT.has(folder))) return false;
  return folders[0] !== "encodings/" || ENCODINGS.has(module.slice("encodings/".length));
}

/** The name by which a file is imported. */
export function nameOf(file) {
  return file.slice(0, -3).replace(/\/__init__$/, "").replaceAll("/", ".");
}
