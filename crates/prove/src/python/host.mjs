// What the build's one `node` child runs: programs of strangers, in Python, in WebAssembly, in a realm of their own. It is given as text:
//
//     node FLAGS --input-type=module -e TEXT         with an empty environment, in an empty folder or /
//
//     FLAGS: --permission or, before Node 22.13 and in 23.0 to 23.4, --experimental-permission
//            --allow-fs-read=FOLDER/* (the engine's; absolute, without links)
//            --disallow-code-generation-from-strings --no-addons --unhandled-rejections=none --no-warnings --max-old-space-size=256
//            --liftoff-only (it starts in half the time; loops take a quarter more)
//
// It reads from its standard input and writes to its standard output, a JSON value a line:
//
//     {"folder": "/abs/engines/python"}                   → {"ready": true, "version": "…"} or {"error": "…"}, and it ends
//     {"program", "entry", "tolerance",                   → {"case": 0, "passed": true}, in order, up to the first that does not pass:
//      "cases": [{"args", "expect"}]}                       {"case": 1, "passed": false, "message": "it gives 1 instead of 2"}, or
//                                                           {"case": 1, "broken": "args cannot be read: …"}; then {"done": true}
//
// After {"done": true, "ends": true} it ends, since the program broke the interpreter: the next job needs another child. Nothing here
// ends an endless loop: whoever started the child has a timer for each line, and kills it.
//
// The walls, from within: the interpreter has no module that leads to JavaScript, sockets, processes or native code (engines/python,
// made by xtask/practice). Its realm has what ECMAScript has and nothing of Node: no object of this realm gets there, only texts do,
// whose functions are called with texts alone; nothing in it turns text into code. This realm has forgotten what it could do before
// the first program. The process may read one folder and nothing else; its memory is bounded by the interpreter's own (512 MB).

import { Buffer } from "node:buffer";
import { readFileSync, readSync, writeSync } from "node:fs";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";

const MESSAGE = 300;
const { reallyExit } = process;
const { parse, stringify } = JSON;

/** Makes the realm look like a worker, which Pyodide knows, with nothing in it. */
const REALM = `"use strict";
globalThis.WorkerGlobalScope = class WorkerGlobalScope {};
Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype);
globalThis.self = globalThis;`;

/** The lines of standard input. Nothing but them is waited for, so that nothing that a program began goes on. */
function* lines() {
  const room = Buffer.alloc(65_536);
  let rest = Buffer.alloc(0);
  for (let count = 1; count > 0; ) {
    const end = rest.indexOf(10);
    if (end >= 0) {
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
      continue;
    }
    count = readSync(0, room);
    rest = Buffer.concat([rest, room.subarray(0, count)]);
  }
}

function say(value) {
  const bytes = Buffer.from(`${stringify(value)}\n`);
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

/** Starts Python in a realm of its own; gives what answers questions, in JSON. */
async function start(folder) {
  const read = (name) => readFileSync(`${folder}/${name}`);
  const unpacked = (name) => gunzipSync(read(name));
  const realm = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
  const run = (text) => vm.runInContext(text, realm);
  run(REALM);
  for (const file of ["pyodide.js", "start.js"]) run(read(file).toString());
  const room = run("quiet(); (length) => new Uint8Array(length)");
  const bytes = (from) => {
    const to = room(from.length);
    Uint8Array.prototype.set.call(to, from);
    return to;
  };
  const begin = run("(wasm, library, runner) => startPython({ wasm, library, runner })");
  return begin(bytes(unpacked("pyodide.asm.wasm.gz")), bytes(unpacked("library.zip.gz")), read("runner.py").toString());
}

/** Takes from this realm and its process what leads out. No program should come here; if one does, it finds nothing. */
function forget() {
  const { process } = globalThis;
  for (const name of Reflect.ownKeys(process)) Reflect.deleteProperty(process, name);
  const language = new Set(Object.getOwnPropertyNames(vm.runInNewContext("globalThis")));
  for (const name of Object.getOwnPropertyNames(globalThis)) if (!language.has(name)) Reflect.deleteProperty(globalThis, name);
}

/** Runs a job; gives whether the interpreter is broken. What comes from it is text, of which only what is expected is read. */
function prove(ask, { program, entry, tolerance, cases }) {
  let at = 0;
  try {
    for (; at < cases.length; at += 1) {
      const { args, expect } = cases[at];
      const found = parse(ask(stringify({ program, entry, tolerance, args, expect })));
      say({ case: at, ...judged(found) });
      if (found.passed !== true) break;
    }
    return false;
  } catch {
    // Whatever was thrown is not looked at: it may be of the other realm.
    say({ case: at, passed: false, message: "it breaks the interpreter" });
    return true;
  }
}

function judged({ passed, broken, message }) {
  if (broken !== undefined) return { broken: words(broken) };
  return passed === true ? { passed } : { passed: false, message: words(message) };
}

function words(text) {
  return typeof text === "string" ? text.slice(0, MESSAGE) : "it gives no answer";
}

/** Answers jobs until there are none, or the interpreter is broken. */
function serve(ask, jobs) {
  for (const line of jobs) {
    const ends = prove(ask, parse(line));
    say(ends ? { done: true, ends } : { done: true });
    if (ends) return;
  }
}

const jobs = lines();
try {
  const { folder } = parse(jobs.next().value);
  const [, version] = /^version = "(.*)"$/m.exec(readFileSync(`${folder}/engine.toml`, "utf8"));
  const ask = await start(folder);
  forget();
  say({ ready: true, version });
  serve(ask, jobs);
} catch (error) {
  say({ error: String(error?.message ?? error) });
}
reallyExit(0);
