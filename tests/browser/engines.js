// What runs exercises, served on the loopback interface under the policy of pages, with a page that starts it as pages do.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname } from "node:path";

const root = new URL("../../", import.meta.url);
const folders = { "/engines/python/": "engines/python/", "/engines/sql/": "themes/guide/engines/sql/", "/client/": "tests/browser/" };
const types = { ".js": "text/javascript", ".py": "text/x-python", ".gz": "application/gzip", ".toml": "text/plain" };
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Where the engines are, and the scripts that their workers are started from. */
export const engines = {
  python: { base: "/engines/python/", scripts: ["pyodide.js", "start.js", "worker.js"] },
  sql: { base: "/engines/sql/", scripts: ["worker.js"] },
};

/** Serves them; `respond` may answer requests of its own, by giving true. */
export async function serve(respond = () => false) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    asked.push(pathname);
    if (respond(request, response)) return;
    const folder = Object.keys(folders).find((path) => pathname.startsWith(path));
    response.setHeader("content-security-policy", policy);
    try {
      const type = folder ? (types[extname(pathname)] ?? "text/plain") : "text/html; charset=utf-8";
      const body = folder ? readFileSync(new URL(folders[folder] + pathname.slice(folder.length), root)) : "<!doctype html><title>Engines</title>";
      response.writeHead(200, { "content-type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, stop: () => server.close() };
}
