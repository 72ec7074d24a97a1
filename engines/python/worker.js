// Python in the page: CPython as WebAssembly, in a worker. The build runs the same files in Node (crates/prove/src/python/host.mjs).
//
// The page starts pyodide.js, start.js and this text, one after the other, as a module worker from a `blob:` URL, which inherits the
// page's policy; a worker from this text alone loads the others itself. Then, as with SQL:
//
//   worker                                      page
//   {ready: true}                            →
//                                            ←  {base} or {base, kept}: the URL of this folder, and what an earlier worker gave to
//                                               keep, with which nothing is loaded
//   {loading: bytes}, again and again        →
//   {loaded: true, kept}, {failed: message}  →
//                                            ←  {job, program, entry, tolerance, cases: [{args, expect}]}
//   {job, case: 0, …} for each case          →
//   {job, done: true}                        →
//
// The program begins anew in each case, whose answer is {passed, message, got, expected, path, printed, error}, or {broken: message} if
// the case cannot be read:
// - `message`: what it gives instead, or raises, in a sentence without its full stop; null if the case passes;
// - `got`, `expected`: values as Python writes them, up to 20,000 characters; `got` is null if there is none;
// - `path`: where the first difference is, such as "[2]['price']"; "" if it is the whole, null if there is none;
// - `printed`: what the program printed, up to 20,000 characters;
// - `error`: {message, line, traceback} if the program raised something: with its own lines alone, from 1.
// `ends: true` in {job, done} says that the program broke the interpreter, and that the page should start another worker.
//
// Nothing here ends an endless loop: the page has a timer for each case, armed by the answer before, and terminates the worker.

{
  const post = postMessage.bind(globalThis);
  let python;

  addEventListener("message", async ({ data }) => {
    if (data.base) {
      python = begin(data);
      return python.then(({ kept }) => post({ loaded: true, kept }), (error) => post({ failed: String(error.message) }));
    }
    const { ask } = await python;
    return run(ask, data);
  });
  post({ ready: true });

  /** Starts Python of what is kept, or of what it loads; gives both. */
  async function begin({ base, kept }) {
    kept ??= await load(base);
    if (!globalThis.createPyodideModule) await import(new URL("pyodide.js", base));
    if (!globalThis.startPython) await import(new URL("start.js", base));
    // From here on, the realm has nothing that leads out of it, and time stands still.
    globalThis.quiet();
    return { kept, ask: await globalThis.startPython(kept) };
  }

  async function load(base) {
    let bytes = 0;
    const count = (more) => post({ loading: (bytes += more) });
    const [wasm, library, runner] = await Promise.all(
      ["pyodide.asm.wasm.gz", "library.zip.gz", "runner.py"].map((name) => unpacked(new URL(name, base), count)),
    );
    const compiled = WebAssembly.compileStreaming(new Response(wasm, { headers: { "content-type": "application/wasm" } }));
    const [plain, text] = await Promise.all([new Response(library).arrayBuffer(), new Response(runner).text()]);
    return { wasm: await compiled, library: new Uint8Array(plain), runner: text };
  }

  /** The contents of a file. Hosts may compress .gz once more, so that it may arrive as it was before. */
  async function unpacked(url, count) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    const reader = response.body.getReader();
    let chunk = await reader.read();
    const stream = new ReadableStream({
      async pull(to) {
        if (chunk.done) return to.close();
        to.enqueue(chunk.value);
        count(chunk.value.length);
        chunk = await reader.read();
      },
    });
    return chunk.value?.[0] === 0x1f ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  }

  function run(ask, { job, program, entry, tolerance, cases }) {
    let at = 0;
    let ends = {};
    try {
      for (; at < cases.length; at += 1) {
        const { args, expect } = cases[at];
        const answer = ask(JSON.stringify({ program, entry, tolerance, args, expect }));
        post({ job, case: at, ...judged(JSON.parse(answer)) });
      }
    } catch {
      const message = "it breaks the interpreter";
      const nothing = { got: null, expected: null, path: null, printed: "" };
      post({ job, case: at, passed: false, message, ...nothing, error: { message, line: null, traceback: message } });
      ends = { ends: true };
    }
    post({ job, done: true, ...ends });
  }

  /** A program may have changed what it is judged by; what the page is told is as agreed nevertheless. */
  function judged(found) {
    if (found.broken !== undefined) return { broken: String(found.broken) };
    const passed = found.passed === true;
    return { ...found, passed, message: passed ? null : typeof found.message === "string" ? found.message : "it gives no answer" };
  }
}
