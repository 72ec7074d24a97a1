// Starts Python with nothing around it but the language: in the page's worker (worker.js), and in the build's Node
// (crates/prove/src/python/host.mjs), each in a realm of its own. pyodide.js has run there before.
//
// `quiet()` takes from the realm what programs might reach, and gives it a clock and chance that are the same everywhere;
// `startPython({wasm, library, runner})` gives a function from the text of a question to the text of an answer, as runner.py has it.

"use strict";

{

/** What is left of a realm: what ECMAScript has, and what Pyodide cannot do without. */
const LEFT = new Set(
  ("globalThis self undefined NaN Infinity Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Proxy Promise " +
    "Map Set WeakMap WeakSet WeakRef FinalizationRegistry RegExp Date Iterator Error AggregateError EvalError RangeError ReferenceError " +
    "SyntaxError TypeError URIError SuppressedError ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array " +
    "Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite " +
    "encodeURIComponent decodeURIComponent WebAssembly TextDecoder TextEncoder WorkerGlobalScope constructor " +
    "createPyodideModule startPython quiet").split(" "),
);

/** What the interpreter gets of JavaScript: files in memory, a clock, chance, and how to end. The rest is graphics, sound, sockets, code. */
const GIVEN = new RegExp(
  "^(__syscall_(?!accept4|bind|connect|getpeername|getsockname|getsockopt|listen|recv|send|socket).*|_?(tzset|localtime|gmtime|mktime|timegm)_js|" +
    "emscripten_(date_now|get_now|get_heap_max|resize_heap)|_?emscripten_runtime_keepalive_.*|_emscripten_get_progname|_PyEM_TrampolineCall_JS|" +
    "_Py_emscripten_runtime|_Py_CheckEmscriptenSignals_Helper|__hiwire_.*|__call_sighandler|_try_fcntl64|_(mmap|munmap|msync)_js|exit|_abort_js|" +
    "__assert_fail|throw_no_gil|clock_.*|environ_.*|fd_.*|proc_exit|random_get|Jsv_GetError_import|JsvError_Check)$",
);
const NO_CALL = -52;

/** Bytes of the interpreter's stack that programs may use. */
const STACK = 128 << 10;

/** The moment at which all programs run: that of SQL's engine. */
const NOW = 0;
const world = { ticks: 0, state: 1 };

/** Begins time and chance anew, so that no program depends on those before it. */
function rewind() {
  Object.assign(world, { ticks: 0, state: 1 });
}

/** Whoever waits looks at this clock until it is late enough; so it goes on whenever it is looked at, and nobody waits. */
const performance = { now: () => (world.ticks += 1) };

class StillDate extends Date {
  constructor(...given) {
    super(...(given.length > 0 ? given : [NOW]));
  }

  static now() {
    return NOW;
  }
}

/** Fills bytes by xorshift. */
function getRandomValues(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 1) {
    world.state ^= world.state << 13;
    world.state ^= world.state >>> 17;
    world.state ^= world.state << 5;
    bytes[at] = world.state >>> 8;
  }
  return view;
}

/** Nobody waits for what a program wanted to do later. */
const later = () => 0;

/** Leaves to the interpreter only what it is given; it may call the rest, of which nothing comes. */
function narrow(imports) {
  for (const [name, value] of Object.entries(imports)) {
    if (typeof value !== "function" || GIVEN.test(name)) continue;
    const code = /^__syscall|_system$/.test(name) ? NO_CALL : 0;
    imports[name] = Object.assign(() => code, { sig: value.sig });
  }
}

globalThis.quiet = () => {
  for (let owner = globalThis; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const name of Reflect.ownKeys(owner)) if (!LEFT.has(name) && typeof name === "string") take(owner, name);
  }
  const silent = () => {};
  const console = { log: silent, info: silent, debug: silent, warn: silent, error: silent };
  const timers = { setTimeout: later, clearTimeout: silent, setInterval: later, clearInterval: silent };
  const ours = { performance, console, ...timers, Date: StillDate, crypto: { getRandomValues } };
  for (const [name, value] of Object.entries(ours)) Object.defineProperty(globalThis, name, { value, writable: false, configurable: false });
  Math.random = () => getRandomValues(new Uint8Array(1))[0] / 256;
  // What else the surroundings take part in: they would answer with objects of their own.
  for (const name of ["compileStreaming", "instantiateStreaming"]) delete WebAssembly[name];
  Object.defineProperty(Error, "prepareStackTrace", { value: undefined, writable: false, configurable: false });
};

/** Some of what browsers have cannot be removed, but all of it can be covered. */
function take(owner, name) {
  if (Reflect.deleteProperty(owner, name) && !(name in globalThis)) return;
  try {
    Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true });
  } catch {
    /* What cannot be covered either is a handler such as `onmessage`, or tells nothing. */
  }
}

/** What Pyodide's own loader does, without what looks for packages, files and the network, and without the bridge to JavaScript. */
globalThis.startPython = async ({ wasm, library, runner }) => {
  const compiled = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  const nothing = Symbol("no value");
  let said = "";
  let fail;
  const failed = new Promise((_, reject) => (fail = reject));
  const settings = {
    API: { config: {}, runtimeEnv: {} },
    arguments: [],
    print: () => {},
    printErr: (line) => (said = line),
    preRun: [(module) => furnish(module, library)],
    instantiateWasm: (imports, done) => {
      narrow(imports.env);
      Object.assign(imports.env, { Jsv_GetError_import: () => nothing, JsvError_Check: (value) => value === nothing });
      WebAssembly.instantiate(compiled, imports).then((instance) => done(instance, compiled)).catch(fail);
      return {};
    },
  };
  // Where there is not enough memory, Pyodide itself would wait for ever.
  const module = await Promise.race([globalThis.createPyodideModule(settings), failed]);
  const run = (text) => {
    const code = module.stringToNewUTF8(text);
    const result = module._PyRun_SimpleString(code);
    module._free(code);
    if (result !== 0) throw new Error(`the interpreter fails: ${said}`);
  };
  protect(module);
  run(runner);
  return (question) => {
    rewind();
    module.FS.writeFile("/question", question);
    run("answer()");
    return module.FS.readFile("/answer", { encoding: "utf8" });
  };
};

/** Lets Python say that recursion is too deep before the browser does, whose own stack is smaller, and after which nothing goes on. */
function protect(module) {
  const top = module._emscripten_stack_get_base();
  module._PyUnstable_ThreadState_SetStackProtection(module._PyThreadState_Get(), top - STACK, STACK);
}

/** Puts the standard library where Python looks for it. */
function furnish(module, library) {
  const [major, minor] = [24, 16].map((bits) => (module.HEAPU32[module._Py_Version >>> 2] >>> bits) & 255);
  module.API.pyVersionTuple = [major, minor, (module.HEAPU32[module._Py_Version >>> 2] >>> 8) & 255];
  module.API.sitePackages = `/lib/python${major}.${minor}/site-packages`;
  for (const folder of [module.API.sitePackages, `/lib/python${major}.${minor}/lib-dynload`, "/home/python"]) module.FS.mkdirTree(folder);
  module.FS.writeFile(`/lib/python${major}${minor}.zip`, library);
  module.FS.chdir("/home/python");
  Object.assign(module.ENV, { HOME: "/home/python", PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1", PYTHONNOUSERSITE: "1", TZ: "UTC" });
}
}
