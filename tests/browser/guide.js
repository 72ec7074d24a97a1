// The built guide, served on the loopback interface.

import { createServer } from "node:http";
import { readFileSync, readdirSync, existsSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "./browser.js";

/** The folder that `sitegen build` published to. */
export const folder = process.env.GUIDE ?? fileURLToPath(new URL("../../target/guide/", import.meta.url));

if (!existsSync(join(folder, "index.html"))) {
  throw new Error(`there is no guide in ${folder}: run "cargo run --release -- build --output-dir target/guide"`);
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** All published files, as paths from the site's root: `companies/amazon/index.html`. */
export const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
  .filter((path) => !path.startsWith("."))
  .sort();

/** The HTML files among them. */
export const pages = files.filter((path) => path.endsWith(".html"));

/** The path of a page's URL. */
export const urlOf = (path) => "/" + path.replace(/(^|\/)index\.html$/, "$1");

/** The text of a published file. */
export const read = (path) => readFileSync(join(folder, path), "utf8");

/** Whether a page only leads to another. */
export const redirects = (path) => read(path).includes('http-equiv="refresh"');

/** One page of each kind: pages whose URLs have the same shape are of one kind. */
export function kinds() {
  const first = new Map();
  for (const path of pages.filter((path) => !redirects(path))) {
    const parts = path.split("/");
    const kind = parts.length > 2 ? `${parts[0]}/${"*/".repeat(parts.length - 2)}${parts.at(-1)}` : path;
    const known = first.get(kind);
    // The longest page of a kind shows most.
    if (!known || read(path).length > read(known).length) first.set(kind, path);
  }
  return [...first.values()];
}

/** The headers that a published site's file of headers declares for a path, as Netlify and Cloudflare Pages read it. */
export function headersFor(root, path) {
  const file = join(root, "_headers");
  const rules = existsSync(file) ? readFileSync(file, "utf8").split(/^(?=\S)/m) : [];
  const headers = {};
  for (const [pattern, ...lines] of rules.map((rule) => rule.trim().split("\n"))) {
    const holds = pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    for (const line of holds ? lines : []) headers[line.split(":", 1)[0].trim().toLowerCase()] = line.slice(line.indexOf(":") + 1).trim();
  }
  return headers;
}

/** Serves a published site as hosts do, the guide if none is named; gives its origin, the paths that were asked for, and what to call to stop. */
export async function serve(root = folder) {
  const isThere = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(pathname).slice(1);
    asked.push(`/${path}`);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const known = isThere(file);
    const missing = isThere("404.html") ? readFileSync(join(root, "404.html")) : "";
    const type = known ? types[extname(file)] : types[".html"];
    response.writeHead(known ? 200 : 404, { ...headersFor(root, pathname), "content-type": type ?? "application/octet-stream" });
    response.end(known ? readFileSync(join(root, file)) : missing);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, stop: () => server.close() };
}

/** The guide and Chromium, for all tests of a file: `site` and `chromium` are there when its tests run. */
export function opened() {
  const opened = {};
  before(async () => {
    opened.site = await serve();
    opened.chromium = await start();
  });
  after(async () => {
    await opened.chromium?.stop();
    opened.site?.stop();
  });
  return opened;
}
