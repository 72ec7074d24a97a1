// Other searches over the same pages: MiniSearch over the same titles, Pagefind over the same HTML.
// node peers.js FOLDER [guide]: with "guide", also the forty queries of the browser tests.

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";
import { typed } from "../../tests/browser/typed.js";
import { misspelt } from "./misspelt.js";
import { opened } from "./opened.js";

const [folder, guide] = process.argv.slice(2);
const text = readFileSync(join(folder, "search", "titles.json"), "utf8");
const file = JSON.parse(text);
const started = performance.now();
const { titles, find } = opened(folder);
const ready = performance.now() - started;
const { entries } = titles;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;
const queries = guide ? typed.map(([query, url]) => ({ query, url })) : misspelt(entries, 200);

/** How many queries have their page among the first three, and how long one takes. */
async function judge(name, find) {
  let first = 0;
  const started = performance.now();
  for (const { query, url } of queries) first += (await find(query)).slice(0, 3).includes(url);
  const time = (performance.now() - started) / queries.length;
  console.log(`  ${name}: ${first} of ${queries.length} among the first three, ${time.toFixed(1)} ms a query`);
}

async function miniSearch() {
  const options = { idField: "url", fields: ["title", "names"], storeFields: ["title"], searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 2 } } };
  const built = new MiniSearch(options);
  built.addAll(entries.map(({ title, url, names }) => ({ title, url, names: names.map((name) => file.names[name]).join(" ") })));
  const index = JSON.stringify(built);
  const started = performance.now();
  const loaded = MiniSearch.loadJSON(index, options);
  const script = readFileSync(new URL(import.meta.resolve("minisearch")));
  console.log(`MiniSearch: index ${kilobytes(index.length)}, ${kilobytes(packed(index))} gzip, ready in ${(performance.now() - started).toFixed(0)} ms; script, not minified, ${kilobytes(packed(script))} gzip`);
  await judge("MiniSearch", async (query) => loaded.search(query).map(({ id }) => id));
}

async function pagefind() {
  const program = fileURLToPath(new URL("node_modules/.bin/pagefind", import.meta.url));
  const index = join(folder, "pagefind");
  rmSync(index, { recursive: true, force: true });
  const started = performance.now();
  const { stderr } = spawnSync("/usr/bin/time", ["-f", "%M %U", program, "--site", folder, "--quiet"], { encoding: "utf8" });
  const [memory, user] = stderr.trim().split("\n").at(-1).split(" ");
  const seconds = (performance.now() - started) / 1000;
  const files = readdirSync(index, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)).length);
  console.log(`Pagefind: ${files.length} files, ${kilobytes(bytes.reduce((a, b) => a + b, 0))}, in ${seconds.toFixed(1)} s (${user} s of processor time) and ${(memory / 1000).toFixed(0)} MB`);
  const names = ["pagefind.js", "wasm.en.pagefind", ...files.map(({ name }) => name).filter((name) => name.endsWith(".pf_meta"))];
  const size = (name) => readFileSync(join(index, name)).length;
  const present = names.filter((name) => files.some((entry) => entry.name === name));
  console.log(`  before the first look-up: ${kilobytes(present.map(size).reduce((a, b) => a + b, 0))} (${present.join(", ")}), packed already but for the script`);
}

await miniSearch();
console.log(`sitegen: ready in ${ready.toFixed(0)} ms`);
await judge("sitegen", find);
await pagefind();
