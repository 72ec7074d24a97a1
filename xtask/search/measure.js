// What the search of a built site costs a browser: bytes, time, and how often it finds what was meant.
// node measure.js FOLDER: the folder of the site, with the search's data in search/.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as tools from "../../themes/sitegen/search/assets/search.js";
import { opened } from "./opened.js";
import { misspelt } from "./misspelt.js";

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const percentile = (numbers, share) => numbers.sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))];

const folder = join(process.argv[2], "search");
const asset = (name) => readFileSync(new URL(`../../themes/sitegen/search/assets/${name}.js`, import.meta.url));
const [script, more] = [asset("search"), asset("search-texts")];
const text = readFileSync(join(folder, "titles.json"));
// Other versions have none.
const headings = existsSync(join(folder, "headings.json")) ? readFileSync(join(folder, "headings.json")) : Buffer.alloc(0);
const parts = readdirSync(folder).filter((name) => name.startsWith("words-")).map((name) => readFileSync(join(folder, name)));

const loads = [];
for (let run = 0; run < 5; run += 1) {
  const started = performance.now();
  new tools.Titles(JSON.parse(text));
  loads.push(performance.now() - started);
}
const { titles, texts, find } = opened(process.argv[2]);

/** What is typed, letter by letter, and how long each letter takes once its files are there. */
const times = [];
const queries = misspelt(titles.entries, 200);
let first = 0;
let loading = 0;
for (const { query, url } of queries) {
  const started = performance.now();
  await texts.load(query);
  loading += performance.now() - started;
  for (let length = 1; length <= query.length; length += 1) {
    const started = performance.now();
    texts.find(query.slice(0, length));
    times.push(performance.now() - started);
  }
  first += (await find(query)).slice(0, 3).includes(url);
}

console.log(`  ${titles.entries.length} entries, ${titles.vocabulary.size} words in titles`);
console.log(`  titles: ${kilobytes(text.length)} kB, ${kilobytes(packed(text))} kB gzip; scripts ${kilobytes(packed(script))} and ${kilobytes(packed(more))} kB gzip; headings ${kilobytes(packed(headings))} kB gzip`);
const largest = Math.max(0, ...parts.map((part) => part.length));
console.log(`  words: ${parts.length} files, ${kilobytes(sum(parts.map((part) => part.length)))} kB, ${kilobytes(sum(parts.map(packed)))} kB gzip, the largest ${kilobytes(largest)} kB`);
console.log(`  to the first result: ${kilobytes(packed(script) + packed(text))} kB gzip`);
console.log(`  titles are ready in ${percentile(loads, 0.5).toFixed(0)} ms; a letter takes ${percentile(times, 0.5).toFixed(2)} ms, 95 of 100 at most ${percentile(times, 0.95).toFixed(1)} ms, all ${percentile(times, 1).toFixed(1)} ms`);
console.log(`  the files of a query are ready in ${(loading / queries.length).toFixed(1)} ms`);
console.log(`  ${first} of ${queries.length} titles with a mistake are among the first three`);
