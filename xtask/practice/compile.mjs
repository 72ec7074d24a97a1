// Compiles the part of Python's standard library that solutions need, in the very interpreter that will run it: the same bytes on every
// machine. The rest of the engine is in its folder already, made by crates/engine.
//
//     npm ci && node compile.mjs [ROOT]

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";
import { isKept, nameOf } from "./library.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "engines/python");
const read = (name) => readFileSync(join(folder, name));
const taken = (name) => new Uint8Array(readFileSync(new URL(`node_modules/pyodide/${name}`, import.meta.url)));

/** Starts Python with a library; gives what answers questions. */
async function started(wasm, library, runner) {
  const realm = vm.createContext({ TextDecoder, TextEncoder, console });
  const run = (text) => vm.runInContext(text, realm);
  run("globalThis.WorkerGlobalScope = class {}; Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype); globalThis.self = globalThis;");
  for (const file of ["pyodide.js", "start.js"]) run(read(file).toString());
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

const compiler = readFileSync(new URL("compile.py", import.meta.url), "utf8");
const ask = await started(taken("pyodide.asm.wasm"), taken("python_stdlib.zip"), compiler);
const files = ask({ names: true }).split("\n").filter(isKept);
const library = Buffer.from(ask({ library: files }), "base64");
importAll(await started(gunzipSync(read("pyodide.asm.wasm.gz")), gunzipSync(library), read("runner.py").toString()), files);
writeFileSync(join(folder, "library.zip.gz"), library);
