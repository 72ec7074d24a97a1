// A folder, served on the loopback interface as a host would: packed by gzip, and every answer is written down.

import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".wasm": "application/wasm",
};

/** Formats that are packed already. */
const packed = [".png", ".jpg", ".webp", ".woff", ".woff2"];

/** The file of a URL's path, or none. */
function find(folder, path) {
  const file = normalize(join(folder, decodeURIComponent(path)));
  const candidates = path.endsWith("/") ? [join(file, "index.html")] : [file, join(file, "index.html")];
  return candidates.find((candidate) => candidate.startsWith(folder) && existsSync(candidate) && statSync(candidate).isFile());
}

/** Serves a folder; gives its origin, what has been answered since the list was emptied, and what to call to stop. */
export async function serve(folder) {
  const answers = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = find(folder, pathname);
    const ending = file ? extname(file) : "";
    const body = file ? readFileSync(file) : Buffer.from("There is nothing here.");
    const pack = !packed.includes(ending);
    const sent = pack ? gzipSync(body) : body;
    response.writeHead(file ? 200 : 404, {
      "content-type": types[ending] ?? "text/plain; charset=utf-8",
      "content-length": sent.length,
      ...(pack ? { "content-encoding": "gzip" } : {}),
    });
    response.end(sent);
    const ahead = request.headers["sec-purpose"]?.includes("prefetch") ?? false;
    answers.push({ path: pathname, ending, status: file ? 200 : 404, bytes: sent.length, ahead });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, answers, stop };
}
