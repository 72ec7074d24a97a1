// The guide with three hundred companies, all as alike as they can be: pages that are about something else do not grow with them, and lead to
// all of them.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { parse } from "parse5";
import { read } from "./guide.js";
import { start } from "./browser.js";
import { follow, visit } from "./look.js";
import { serving } from "./program.js";

const COMPANIES = 300;
const LOCATIONS = 60;
/** By how much a page may weigh more than with the guide's own companies, packed by gzip, and what small pages may grow by. */
const FACTOR = 1.15;
const SPARE = 300;
/** The most links of a list, and rows of links in a table, on a page that is no index. */
const MOST = 24;

/** One page of each kind, about what all companies have. */
const pages = [
  "",
  "companies/amazon/",
  "companies/amazon/data-engineer/",
  "companies/amazon/data-engineer/seattle/",
  "roles/data-engineer/",
  "rounds/sql-deep-dive/",
  "technologies/apache-spark/",
  "locations/seattle/",
  "levels/mid/",
  "principles/ownership/",
  "skills/sql-joins/",
  "problems/latest-order-status/",
  "plans/core/",
  "faqs/how-many-rounds/",
  "interview/",
  "compare/",
  "compare/amazon-or-stripe/",
  "compare/roles/data-engineer-or-analytics-engineer/",
  "compare/levels/mid-or-senior/",
  "compare/ladders/amazon-l4-or-l5/",
];
/** Pages that bear all: their lists have letters. */
const indexes = ["companies/", "locations/", "levels/"];

const root = fileURLToPath(new URL("../../", import.meta.url));
const syllables = ["ba", "ce", "di", "fo", "gu", "ha", "jo", "ka", "li", "mo", "nu", "pe", "qui", "ra", "so", "ta", "ve", "wi", "xo", "zu"];
const nameOf = (n) => [n % 20, Math.floor(n / 20) % 20, (n * 7) % 20].map((at) => syllables[at]).join("").replace(/^./, (first) => first.toUpperCase());

let folder;
let server;
let chromium;

function company(n) {
  const loop = ["technical-phone-screen", "sql-deep-dive", "behavioral"].map((round) => `[[loop]]\nround = "${round}"\nminutes = 45\nsources = ["amazon-austin"]\n`);
  // The first is everywhere.
  const places = n === 0 ? Array.from({ length: LOCATIONS }, (_, at) => `place-${at}`) : [1, 2].map((step) => `place-${(n * step) % LOCATIONS}`);
  return [
    `name = "${nameOf(n)}"`,
    `summary = "One of many."`,
    `domains = ["${n === COMPANIES - 1 ? 'commerce", "delivery", "marketplace", "advertising", "media", "cloud' : "payments"}"]`,
    `technologies = ["apache-spark"]`,
    `locations = ${JSON.stringify([...new Set(["seattle", ...places])])}`,
    `principles = ["ownership"]`,
    `ladder = [{ level = "L4", role = "junior-data-engineer" }, { level = "L5", role = "data-engineer" }]`,
    ...loop,
  ].join("\n");
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-bounded-"));
  cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
  symlinkSync(join(root, "themes"), join(folder, "themes"));
  const settings = readFileSync(join(root, "site.toml"), "utf8");
  writeFileSync(join(folder, "site.toml"), settings.replace(/^python = .*$/m, ""));
  for (let n = 0; n < LOCATIONS; n += 1) {
    writeFileSync(join(folder, "content/locations", `place-${n}.toml`), `name = "${nameOf(n)} City"\ncity = "${nameOf(n)}"\ncountry = "Elsewhere"\nsummary = "One of many."\n`);
  }
  for (let n = 0; n < COMPANIES; n += 1) writeFileSync(join(folder, "content/companies", `many-${n}.toml`), company(n));
  [server, chromium] = await Promise.all([serving(folder), start()]);
});

after(async () => {
  await chromium?.stop();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const asked = new Map();

async function text(path) {
  if (!asked.has(path)) asked.set(path, fetch(`${server.origin}/${path}`).then((answer) => (answer.ok ? answer.text() : assert.fail(`${path}: ${answer.status}`))));
  return asked.get(path);
}

function* nodes(node, within = []) {
  yield { node, within };
  for (const child of node.childNodes ?? []) yield* nodes(child, [...within, node]);
}

const attribute = (node, name) => node.attrs?.find((known) => known.name === name)?.value;
const words = (node) => [...nodes(node)].map(({ node }) => node.value ?? "").join("").replace(/\s+/g, " ").trim();
const all = (node, name) => [...nodes(node)].map(({ node }) => node).filter(({ nodeName }) => name.split(" ").includes(nodeName));
const main = async (path) => all(parse(await text(path)), "main")[0];

/** The lists of a page that are long, each by how many it has. */
function long(page) {
  const counts = [
    ...all(page, "ul ol p dd h2").map((node) => [node, all(node, "a").length]),
    ...all(page, "table").map((node) => [node, all(node, "tr").filter((row) => all(row, "a").length > 0).length]),
    ...all(page, "select datalist").map((node) => [node, all(node, "option").length]),
    ...all(page, "dl").map((node) => [node, node.childNodes.filter(({ nodeName }) => nodeName === "div").length]),
  ];
  return counts.filter(([, count]) => count > MOST).map(([node, count]) => `${node.nodeName} of ${count}: ${words(node).slice(0, 60)}`);
}

for (const path of pages) {
  test(`/${path} does not grow with them`, async () => {
    const weight = gzipSync(await text(path)).length;
    const own = gzipSync(read(`${path}index.html`)).length;
    assert.ok(weight <= FACTOR * own + SPARE, `${weight} bytes instead of ${own}`);
    assert.deepEqual(long(await main(path)), []);
  });
}

for (const path of indexes) {
  test(`/${path} has all of them, by letter`, async () => {
    const page = await main(path);
    const letters = all(page, "nav").find((node) => attribute(node, "class") === "letters");
    const ids = new Set([...nodes(page)].map(({ node }) => attribute(node, "id")));
    const ways = all(letters, "a").map((link) => attribute(link, "href").slice(1));
    assert.ok(ways.length > 10 && ways.every((id) => ids.has(id)), ways.join(" "));
    const names = new Set(all(page, "a").map(words));
    assert.ok(path === "locations/" ? names.has(`${nameOf(LOCATIONS - 1)} City`) : names.has(nameOf(COMPANIES - 1)));
  });
}

test("what no other page bears is folded, by letter", async () => {
  const page = await main("companies/many-0/data-engineer/");
  const [first, rest] = [all(page, "ul"), all(page, "details")].map((found) => found.find((node) => attribute(node, "class") === (node.nodeName === "ul" ? "chips" : "rest")));
  assert.equal(all(first, "a").length, 8);
  assert.equal(all(rest, "a").length, LOCATIONS + 1);
  assert.ok(all(rest, "dt").length > 10, "by letter");
  assert.deepEqual(long(page).filter((list) => !list.startsWith("dl")), []);
  assert.deepEqual(long(await main("companies/many-0/")), []);
});

test("what is for machines does not grow with them", async () => {
  assert.ok(gzipSync(await text("llms.txt")).length <= FACTOR * gzipSync(read("llms.txt")).length);
});

/** How many items a finder shows that is asked so: by its file, and by what stands on its page. */
async function found(href) {
  const { pathname, searchParams } = new URL(href, server.origin);
  const list = pathname.slice(1);
  const items = [...nodes(await main(list))].map(({ node }) => node).filter((node) => attribute(node, "data-slug"));
  const facets = ["companies/", "problems/"].includes(list) ? JSON.parse(await text(`${list}facets.json`)) : { items: [], facets: {} };
  const numbers = (name) => new Map((facets.facets[name] ?? []).map(([value, , numbers]) => [value, new Set(numbers.map((number) => facets.items[number]))]));
  const fits = (node, name) => searchParams.getAll(name).some((value) => (attribute(node, `data-${name}`) ?? "").split(" ").includes(value) || numbers(name).get(value)?.has(attribute(node, "data-slug")));
  return items.filter((node) => [...new Set(searchParams.keys())].every((name) => fits(node, name))).length;
}

test("each way to all leads to as many as it says", async () => {
  const ways = new Map();
  for (const path of pages) {
    for (const link of all(await main(path), "a")) {
      const href = attribute(link, "href");
      const says = words(link).match(/^All (\d+)/)?.[1];
      if (says && /^\/(companies|problems|rounds|skills|technologies)\/(\?|$)/.test(href)) ways.set(`${href} ${says}`, path);
    }
  }
  assert.ok(ways.size > 10, `${[...ways.keys()]}`);
  for (const [way, path] of ways) {
    const [href, says] = way.split(" ");
    assert.equal(await found(href), Number(says), `${href} on /${path}`);
  }
});

test("the nearest come first, whatever their names", async () => {
  const page = await main("companies/amazon/");
  const near = all(page, "div").find((node) => words(node).startsWith("Also in Seattle"));
  assert.ok(all(near, "a").map(words).includes(nameOf(COMPANIES - 1)), words(near));
});

test("a reader goes from a few companies to all of them", async () => {
  const { page, close } = await visit({ site: server, chromium }, "/technologies/apache-spark/");
  const way = page.locator("#companies ~ .chips .all a");
  const [says] = (await way.textContent()).match(/\d+/);
  await way.focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(await page.evaluate(() => location.pathname + location.search), "/companies/?technology=apache-spark");
  await page.waitForFunction((count) => document.querySelector(".found").textContent.startsWith(`${count} of`), says);
  assert.equal(await page.locator("[data-slug]:visible").count(), Number(says));
  assert.equal(await page.locator(".letters a:visible").count() > 10, true);
  await close();
});

test("any two of them can be compared", async () => {
  const { page, close } = await visit({ site: server, chromium }, "/compare/");
  const [first, second] = [page.locator("[name=first]"), page.locator("[name=second]")];
  await first.locator(`option[value=many-7]`).waitFor({ state: "attached" });
  await first.selectOption({ label: nameOf(7) });
  await second.selectOption({ label: nameOf(290) });
  await page.waitForSelector(".compared-here .comparison");
  assert.deepEqual(await page.locator(".score-rows p a").allTextContents(), [nameOf(7), nameOf(290)]);
  await close();
});
