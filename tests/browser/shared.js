// How much pages share with one another: `node shared.js SITE`, SITE being the built guide. Of runs of eight words, the names of companies,
// roles, levels and places and all numbers masked, it says
//   - for pages of a company, a role and a place: the Jaccard index with the nearest of the others (at most 75% is asked for),
//   - for pages of a company: how much stands on no other company's page (at least 40% is asked for).

import { readFileSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parse } from "parse5";

const RUN = 8;
const root = new URL("../../", import.meta.url).pathname;
const site = process.argv[2] ?? join(root, "public");
const program = process.argv[3] ?? join(root, "target/release/sitegen");

/** Every name that a page may hold, the longest first. */
function names() {
  const ask = ["companies", "roles", "levels", "locations"].map((of) => `select name from ${of} union select value from ${of}, json_each(${of}.aliases)`);
  ask.push("select city from locations", "select level from ladder");
  const answer = execFileSync(program, ["--quiet", "query", ask.join(" union "), "--format", "csv"], { cwd: root, encoding: "utf8" });
  const all = answer.trim().split("\n").slice(1).map((line) => line.replaceAll('"', ""));
  return [...new Set(all.filter(Boolean).map((name) => name.toLowerCase()))].sort((a, b) => b.length - a.length);
}

function text(node) {
  if (node.nodeName === "#text") return node.value;
  if (["script", "style", "template"].includes(node.nodeName)) return " ";
  return (node.childNodes ?? []).map(text).join(" ");
}

function find(node, name) {
  if (node.nodeName === name) return node;
  for (const child of node.childNodes ?? []) {
    const found = find(child, name);
    if (found) return found;
  }
}

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const masked = new RegExp(`(?<![\\p{L}\\d])(?:${names().map(escaped).join("|")})(?![\\p{L}\\d])`, "gu");

/** The runs of words of a page. */
function runs(path) {
  const main = find(parse(readFileSync(path, "utf8")), "main");
  const plain = text(main).toLowerCase().replace(masked, " name ").replace(/\d[\d.,]*/g, " number ");
  const words = plain.match(/[\p{L}\p{N}']+/gu) ?? [];
  return new Set(words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" ")));
}

const folders = (path) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

function pages(depth, path = "companies") {
  // A page that only leads to another says nothing.
  if (depth === 0) return readFileSync(join(site, path, "index.html"), "utf8").includes('http-equiv="refresh"') ? [] : [{ path, runs: runs(join(site, path, "index.html")) }];
  return folders(join(site, path)).flatMap((name) => pages(depth - 1, join(path, name)));
}

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};
const percent = (part) => `${(100 * part).toFixed(1)}%`;

function jaccard(one, other) {
  const shared = [...one].filter((run) => other.has(run)).length;
  return shared / (one.size + other.size - shared);
}

function nearest(all) {
  return all.map((page) => {
    const others = all.filter((other) => other !== page).map((other) => ({ path: other.path, share: jaccard(page.runs, other.runs) }));
    return { ...page, ...others.reduce((best, other) => (other.share > best.share ? { near: other.path, share: other.share } : best), { share: -1 }) };
  });
}

function own(all) {
  const counts = new Map();
  for (const page of all) for (const run of page.runs) counts.set(run, (counts.get(run) ?? 0) + 1);
  return all.map((page) => ({ ...page, share: [...page.runs].filter((run) => counts.get(run) === 1).length / page.runs.size }));
}

function tell(title, found, asked) {
  const sorted = found.toSorted((a, b) => a.share - b.share);
  console.log(`${title}: median ${percent(median(found.map((page) => page.share)))} of ${found.length} pages (${asked})`);
  for (const page of process.argv.includes("--all") ? sorted : [sorted[0], sorted.at(-1)]) {
    console.log(`  ${percent(page.share)}  ${page.path}${page.near ? ` and ${page.near}` : ""}, ${page.runs.size} runs`);
  }
}

tell("company, role and place, shared with the nearest", nearest(pages(3)), "at most 75%");
tell("company and role, shared with the nearest", nearest(pages(2)), "no bound");
tell("company, on no other company's page", own(pages(1)), "at least 40%");
