// Makes Python of Pyodide's package: a script that loads no modules, an interpreter with bounds, and the part of the standard library
// that solutions need, compiled. What is ours is in the folder already: `start.js`, `runner.py`, `worker.js`, `notices.txt`.
//
//     node python.mjs PACKAGE FOLDER

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";
import { describe, taken } from "./engine.mjs";
import { isKept, nameOf } from "./library.mjs";
import { boundMemory, silence } from "./wasm.mjs";

/** Bytes of memory that a program may take, and compressed bytes that the engine may have. */
const [MEMORY, MOST] = [512 << 20, 6_000_000];

const VERSION = "314.0.7";
const SUMS = {
  "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
  "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
  "python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
};

/** Writes the engine; gives what compresses bytes, the same on every machine, which Node's own compression does not. */
export async function makePython(from, folder) {
  const [wasm, asm, source] = Object.entries(SUMS).map(([name, sum]) => taken(from, name, sum));
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const write = (name, contents) => writeFileSync(join(folder, name), contents);
  write("pyodide.js", script(Buffer.from(asm).toString()));
  const ask = await started(folder, wasm, source, readFileSync(new URL("compile.py", import.meta.url), "utf8"));
  const compressed = (bytes) => Buffer.from(ask({ gzip: Buffer.from(bytes).toString("base64") }), "base64");
  const files = ask({ names: true }).split("\n").filter(isKept);
  const library = Buffer.from(ask({ library: files }), "base64");
  boundMemory(wasm, MEMORY);
  silence(wasm, refused(read("runner.py")).map((name) => `PyInit_${name}`));
  write("pyodide.asm.wasm.gz", compressed(wasm));
  write("library.zip.gz", library);

  importAll(await started(folder, wasm, gunzipSync(library), read("runner.py")), files);
  describe(folder, { language: "python", title: "Python 3.14", version: VERSION, scripts: ["pyodide.js", "start.js", "worker.js"] }, MOST);
  return compressed;
}

/** Pyodide as a script that needs no module, so that a realm without modules can run it. */
function script(text) {
  const end = "export default _createPyodideModule;";
  if (!text.trimEnd().endsWith(end)) throw new Error("pyodide.asm.mjs ends in another way");
  const body = text.trimEnd().slice(0, -end.length).replace(/\bimport\(/g, "refuse(").replaceAll("import.meta.url", '""');
  return (
    `// Pyodide ${VERSION}, MPL-2.0, as a script: notices.txt says where its source is. Made by xtask/practice/vendor.mjs.\n` +
    `"use strict";\n{\nconst refuse = () => { throw new Error("there are no modules"); };\n${body}\n` +
    "globalThis.createPyodideModule = _createPyodideModule;\n}\n"
  );
}

/** The modules of the interpreter that the runner refuses; they are not to be reached in another way either. */
function refused(runner) {
  const [, list] = /^REFUSED = frozenset\(\n([^)]+)\.split/m.exec(runner);
  return list.match(/\w+/g);
}

/** Starts Python with a library; gives what answers questions. */
async function started(folder, wasm, library, runner) {
  const realm = vm.createContext({ TextDecoder, TextEncoder, console });
  const run = (text) => vm.runInContext(text, realm);
  run("globalThis.WorkerGlobalScope = class {}; Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype); globalThis.self = globalThis;");
  for (const file of ["pyodide.js", "start.js"]) run(readFileSync(join(folder, file), "utf8"));
  const start = run("quiet(); startPython");
  const answer = await start({ wasm, library, runner });
  return (question) => answer(JSON.stringify(question));
}

const IMPORTS = `
import importlib

def failures(names):
    failed = []
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            failed.append(f"{name}: {error}")
    return failed
`;

/** Imports each module, since one that is kept may need one that is not. */
function importAll(ask, files) {
  const args = `(${JSON.stringify(files.map(nameOf))},)`;
  const { passed, message, got } = JSON.parse(ask({ program: IMPORTS, entry: "failures", args, expect: "[]" }));
  if (!passed) throw new Error(`not all modules can be imported: ${got ?? message}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await makePython(process.argv[2], process.argv[3]);
