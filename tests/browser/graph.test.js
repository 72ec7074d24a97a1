// What pages say to machines: JSON-LD in the vocabulary of schema.org, and nothing that readers do not see.

import test from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "parse5";
import { files, kinds, pages, read, redirects, urlOf } from "./guide.js";

const shown = pages.filter((path) => !redirects(path));

/** Every node of a parsed page. */
function* nodes(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* nodes(child);
}

const attribute = (node, name) => node.attrs?.find((attr) => attr.name === name)?.value;
const text = (node) => [...nodes(node)].map((node) => node.value ?? "").join("");
const squeezed = (text) => text.replace(/\s+/g, "");

/** The graphs of each page, so that it is parsed once. */
const known = new Map();

/** The graphs of a page. */
function graphs(path) {
  if (!known.has(path)) {
    const scripts = [...nodes(parse(read(path)))].filter((node) => attribute(node, "type") === "application/ld+json");
    known.set(path, scripts.map((script) => JSON.parse(text(script))));
  }
  return known.get(path);
}

/** Every value below one, itself included. */
function* values(value) {
  yield value;
  if (value && typeof value === "object") for (const inner of Object.values(value)) yield* values(inner);
}

/** The file that an absolute URL of the site leads to. */
const fileOf = (url) => decodeURIComponent(new URL(url).pathname).slice(1).replace(/(^|\/)$/, "$1index.html");

test("every page has one graph, whose nodes have names of their own and know each other", () => {
  for (const path of shown) {
    const found = graphs(path);
    assert.equal(found.length, 1, path);
    const ids = found[0]["@graph"].map((node) => node["@id"]);
    assert.equal(new Set(ids).size, ids.length, `${path}: an @id stands twice`);
    for (const value of values(found[0]["@graph"])) {
      assert.notEqual(value, null, `${path}: null`);
      const isReference = typeof value === "object" && Object.keys(value).join() === "@id";
      if (isReference) assert.ok(ids.includes(value["@id"]), `${path}: nothing is called ${value["@id"]}`);
    }
  }
});

/** What TypeScript says of nodes as things of schema.org, by the types that schema-dts makes of the vocabulary. */
function objections(things) {
  const folder = mkdtempSync(join(fileURLToPath(new URL("./node_modules/", import.meta.url)), ".graph-"));
  try {
    const lines = things.map((thing, at) => `export const n${at}: Thing = ${JSON.stringify(thing)};`);
    writeFileSync(join(folder, "things.ts"), ['import type { Thing } from "schema-dts";', ...lines].join("\n"));
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler", "--types", ""];
    const tsc = fileURLToPath(new URL("./node_modules/.bin/tsc", import.meta.url));
    execFileSync(tsc, [...options, join(folder, "things.ts")], { stdio: "pipe" });
    return "";
  } catch (error) {
    return String(error.stdout ?? error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the graphs hold nothing that is not in the vocabulary", () => {
  assert.notEqual(objections([{ "@type": "Occupation", name: "A", sampleSize: 3 }]), "", "what is wrong is found");
  assert.notEqual(objections([{ "@type": "Ocupation", name: "A" }]), "", "what is wrong is found");
  const things = kinds().flatMap((path) => graphs(path).flatMap((graph) => graph["@graph"]));
  assert.equal(objections(things), "");
  const types = new Set(things.map((thing) => thing["@type"]));
  for (const type of ["WebSite", "WebPage", "BreadcrumbList", "FAQPage", "Occupation", "Dataset", "ItemList", "LearningResource"]) {
    assert.ok(types.has(type), `no ${type}`);
  }
});

test("questions and answers are those that readers see", () => {
  let compared = 0;
  for (const path of shown) {
    const faq = graphs(path)[0]["@graph"].find((node) => node["@type"] === "FAQPage");
    if (!faq) continue;
    const page = squeezed(text([...nodes(parse(read(path)))].find((node) => attribute(node, "id") === "main")));
    for (const question of faq.mainEntity) {
      assert.ok(page.includes(squeezed(question.name)), `${path}: ${question.name}`);
      assert.ok(page.includes(squeezed(question.acceptedAnswer.text)), `${path}: ${question.acceptedAnswer.text}`);
      compared += 1;
    }
  }
  assert.ok(compared > 100, `${compared} questions`);
});

test("what graphs lead to is there", () => {
  for (const path of shown) {
    for (const value of values(graphs(path)[0]["@graph"])) {
      for (const key of ["item", "contentUrl"]) {
        if (typeof value?.[key] === "string") assert.ok(files.includes(fileOf(value[key])), `${path}: ${value[key]}`);
      }
      if (value?.["@type"] === "ListItem" && value.url) assert.ok(files.includes(fileOf(value.url)), `${path}: ${value.url}`);
    }
  }
});

test("the page's own node is at the page's own address", () => {
  for (const path of shown) {
    const page = graphs(path)[0]["@graph"].find((node) => ["WebPage", "CollectionPage"].includes(node["@type"]));
    assert.equal(decodeURIComponent(new URL(page.url).pathname), urlOf(path));
    const html = read(path);
    assert.ok(html.includes(`<link rel="canonical" href="${page.url}">`), path);
    assert.ok(html.includes(`<meta property="og:url" content="${page.url}">`), path);
  }
});

test("pay is said with its source and its period, and is no sample", () => {
  const salaries = shown.flatMap((path) => graphs(path)[0]["@graph"].map((node) => node.estimatedSalary).filter(Boolean));
  assert.ok(salaries.length > 5, `${salaries.length} salaries`);
  for (const salary of salaries) {
    assert.match(salary.name, /^Wages a year, .+, .+: .*U\.S\. Bureau of Labor Statistics, May 2025$/);
    assert.ok(salary.percentile25 <= salary.median && salary.median <= salary.percentile75);
  }
});
