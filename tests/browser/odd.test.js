// A site whose records have the titles that break things: every file still says them, and none does what they say.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { parse } from "parse5";
import { program } from "./program.js";

/** Names of companies by their slugs. */
const names = {
  quotes: `"Double" & 'single' <b>bold</b>`,
  script: "</script><script>window.harmed = true</script>",
  style: "</style></title>--><!-- ]]> {{ 7 * 7 }} {% raw %}",
  emoji: "🚀 Rocket 👩‍🚀 & Söhne 🇩🇪",
  arabic: "شركة البيانات",
  hebrew: "נתונים Ltd (דאטה)",
  japanese: "株式会社データ",
  combining: "Crème Brûlée e\u0301 Zürich",
  markdown: "*Stars* [link](x) `code` | pipe \\ back",
};
const updated = "2026-11-24";

let folder;
const path = (name) => join(folder, "public", name);
const read = (name) => readFileSync(path(name), "utf8");
const page = (slug) => read(`companies/${slug}/index.html`);

before(() => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-odd-"));
  execFileSync(program, ["init", folder, "--template", "guide"], { stdio: "pipe" });
  mkdirSync(join(folder, "content/companies"), { recursive: true });
  for (const [slug, name] of Object.entries(names)) {
    const record = [`name = ${JSON.stringify(name)}`, `summary = "It is called so."`, `updated = ${updated}`, `aliases = [${JSON.stringify(`${name} Inc`)}]`];
    writeFileSync(join(folder, "content/companies", `${slug}.toml`), record.join("\n"));
  }
  execFileSync(program, ["build", "--root", folder], { stdio: "pipe" });
});

after(() => rmSync(folder, { recursive: true, force: true }));

function* nodes(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* nodes(child);
}

const text = (node) => [...nodes(node)].map((node) => node.value ?? "").join("");
const attributes = (node) => Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));

test("pages say them in their titles, headings, previews and graphs", () => {
  const scripts = [...nodes(parse(page("emoji")))].filter((node) => node.nodeName === "script").length;
  for (const [slug, name] of Object.entries(names)) {
    const all = [...nodes(parse(page(slug)))];
    const title = `${name} interview guide`;
    assert.ok(text(all.find((node) => node.nodeName === "title")).startsWith(title), slug);
    assert.equal(text(all.find((node) => node.nodeName === "h1")).trim(), title);
    const meta = all.filter((node) => node.nodeName === "meta").map(attributes);
    assert.equal(meta.find((meta) => meta.property === "og:title").content, title);
    const found = all.filter((node) => node.nodeName === "script");
    assert.equal(found.length, scripts, `${slug}: a script came in`);
    const graph = JSON.parse(text(found.find((node) => attributes(node).type === "application/ld+json")));
    assert.equal(graph["@graph"].find((node) => node["@type"] === "Organization").name, name);
    assert.ok(!all.some((node) => node.nodeName === "b" && text(node) === "bold"), "a name is no HTML");
  }
});

test("the feed and the sitemap hold them as XML", () => {
  const feed = read("feed.xml");
  assert.equal(XMLValidator.validate(feed), true);
  const { entry } = new XMLParser({ ignoreAttributes: false, htmlEntities: true }).parse(feed).feed;
  for (const name of Object.values(names)) {
    assert.ok(entry.some((entry) => entry.title === `${name} interview guide`), name);
  }
  const sitemaps = readdirSync(path(".")).filter((file) => /^sitemap.*\.xml$/.test(file));
  assert.ok(sitemaps.length > 1);
  for (const file of sitemaps) assert.equal(XMLValidator.validate(read(file)), true, file);
});

test("Markdown and llms.txt hold them as text", () => {
  const plain = (markdown) => markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
  const list = plain(read("llms.txt"));
  for (const [slug, name] of Object.entries(names)) {
    const [first] = read(`companies/${slug}/index.md`).split("\n");
    assert.equal(plain(first), `# ${name} interview guide`);
    assert.ok(list.includes(name), slug);
  }
});

test("the search finds them", async () => {
  const folder = path("search");
  const data = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".json"));
  const all = data.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
  const strings = new Set();
  const collect = (value) => {
    if (typeof value === "string") strings.add(value);
    else if (value && typeof value === "object") Object.values(value).forEach(collect);
  };
  all.forEach(collect);
  for (const name of Object.values(names)) assert.ok([...strings].some((text) => text.includes(name)), name);
});

test("every one has an image", () => {
  for (const slug of Object.keys(names)) {
    const image = readFileSync(path(`companies/${slug}/card.png`));
    assert.equal(image.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([image.readUInt32BE(16), image.readUInt32BE(20)], [1200, 630]);
  }
});
