// Makes what runs exercises of the packages that bring it: `engines/python` and `themes/guide/engines/sql`, the same bytes on each run
// and machine. What is ours is there already; it is only counted: `worker.js`, `start.js`, `runner.py`, `notices.txt`.
//
//     npm ci && node vendor.mjs ROOT

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gunzipSync, gzipSync } from "node:zlib";
import { isKept, nameOf } from "./library.mjs";
import { boundMemory, silence } from "./wasm.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("../..", import.meta.url));
const python = join(root, "engines/python");
const sql = join(root, "themes/guide/engines/sql");

/** Bytes of memory that Python may take, and compressed bytes that an engine may have. */
const MEMORY = 512 << 20;
const MOST = { sql: 420_000, python: 6_000_000 };

/** What is taken from each package. */
const TAKEN = {
  "pyodide/pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
  "pyodide/pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
  "pyodide/python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
  "@sqlite.org/sqlite-wasm/dist/sqlite3.wasm": "b8a92a19f441a90ff2339fe988fbe317c4adf3ed844096f12aee04aa72d58257",
};

/** Modules of the interpreter that lead out of it, or only test it. */
const SILENT =
  "_ctypes _posixsubprocess _pyodide_core _remote_debugging _socket _testbuffer _testcapi _testclinic _testclinic_limited " +
  "_testinternalcapi _testlimitedcapi _xxtestfuzz faulthandler fcntl mmap select termios xxsubtype";

/** A file of a package, which must be the one that was looked at. */
function taken(path) {
  const bytes = readFileSync(new URL(`node_modules/${path}`, import.meta.url));
  if (sha256(bytes) !== TAKEN[path]) throw new Error(`${path} is another file than the one that was looked at`);
  return new Uint8Array(bytes);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** Pyodide as a script that needs no module, so that a realm without modules can run it. */
function script(text) {
  const end = "export default _createPyodideModule;";
  if (!text.trimEnd().endsWith(end)) throw new Error("pyodide.asm.mjs ends in another way");
  const body = text.trimEnd().slice(0, -end.length).replace(/\bimport\(/g, "refuse(").replaceAll("import.meta.url", '""');
  return (
    "// Pyodide 314.0.7, MPL-2.0, as a script: notices.txt says where its source is. Made by xtask/practice/vendor.mjs.\n" +
    `"use strict";\n{\nconst refuse = () => { throw new Error("there are no modules"); };\n${body}\n` +
    "globalThis.createPyodideModule = _createPyodideModule;\n}\n"
  );
}

/** The interpreter, with bounds. */
function bounded(wasm) {
  boundMemory(wasm, MEMORY);
  silence(wasm, SILENT.split(" ").map((name) => `PyInit_${name}`));
  return wasm;
}

/** Starts Python with a library; gives what answers questions. */
async function started(wasm, library, runner) {
  const realm = vm.createContext({ TextDecoder, TextEncoder, console });
  vm.runInContext("globalThis.WorkerGlobalScope = class {}; Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype); var self = globalThis;", realm);
  for (const file of ["pyodide.js", "start.js"]) vm.runInContext(readFileSync(join(python, file), "utf8"), realm);
  const start = vm.runInContext("quiet(); startPython", realm);
  const answer = await start({ wasm, library, runner });
  return (question) => answer(JSON.stringify(question));
}

/** Imports each module, since one that is kept may need one that is not. */
function tryAll(ask, names) {
  const program = `import importlib\ndef failures(names):\n    failed = []\n    for name in names:\n        try:\n            importlib.import_module(name)\n        except Exception as error:\n            failed.append(f"{name}: {error}")\n    return failed`;
  ask({ begin: { program, entry: "failures" } });
  const { passed, message, got } = JSON.parse(ask({ case: { args: `(${JSON.stringify(names.map(nameOf))},)`, expect: "[]" } }));
  if (!passed) throw new Error(`not all modules can be imported: ${got ?? message}`);
}

/** Writes what is said of an engine, and checks that it is small enough. */
function describe(folder, about, most) {
  const files = readdirSync(folder).filter((name) => name !== "engine.toml").sort();
  const read = (name) => readFileSync(join(folder, name));
  // Hosts compress scripts, but not all of them WebAssembly, which is therefore compressed already.
  const carried = (name) => (name.endsWith(".gz") ? read(name) : gzipSync(read(name), { level: 9 })).length;
  const loads = files.filter((name) => name !== "notices.txt").map(carried).reduce((sum, size) => sum + size, 0);
  if (loads > most) throw new Error(`${folder}: ${loads} bytes are more than ${most}`);
  // To three digits: this is read by people, and other versions of Node compress a little differently.
  const rounded = Number(loads.toPrecision(3));
  const head = Object.entries({ ...about, loads: rounded }).map(([key, value]) => `${key} = ${JSON.stringify(value).replaceAll(",", ", ")}\n`);
  const sums = files.map((name) => `${JSON.stringify(name)} = "${sha256(read(name))}"\n`);
  writeFileSync(join(folder, "engine.toml"), `# Made by xtask/practice/vendor.mjs.\n${head.join("")}\n[files]\n${sums.join("")}`);
  console.log(`${folder}: ${loads} bytes to load`);
}

const [wasm, library] = [taken("pyodide/pyodide.asm.wasm"), taken("pyodide/python_stdlib.zip")];
writeFileSync(join(python, "pyodide.js"), script(Buffer.from(taken("pyodide/pyodide.asm.mjs")).toString()));
const ask = await started(wasm, library, readFileSync(new URL("compile.py", import.meta.url), "utf8"));
const compressed = (bytes) => Buffer.from(ask({ gzip: base64(bytes) }), "base64");
const names = ask({ names: true }).split("\n").filter(isKept);
const compiled = Buffer.from(ask({ library: names }), "base64");
writeFileSync(join(python, "library.zip.gz"), compiled);
writeFileSync(join(python, "pyodide.asm.wasm.gz"), compressed(bounded(wasm)));
writeFileSync(join(sql, "sqlite3.wasm.gz"), compressed(taken("@sqlite.org/sqlite-wasm/dist/sqlite3.wasm")));
tryAll(await started(wasm, gunzipSync(compiled), readFileSync(join(python, "runner.py"), "utf8")), names);
describe(python, { language: "python", title: "Python 3.14", version: "314.0.7", scripts: ["pyodide.js", "start.js", "worker.js"] }, MOST.python);
describe(sql, { language: "sql", title: "SQLite 3.54", version: "3.54.1-build1", scripts: ["worker.js"] }, MOST.sql);
