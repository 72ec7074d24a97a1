// The sites to begin with, as `sitegen init` writes them: what a newcomer sees first.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { HtmlValidate } from "html-validate";
import { start, views } from "./browser.js";
import { serve } from "./guide.js";
import { follow, open, overflow, violations, visit } from "./look.js";
import { program } from "./program.js";

const templates = ["minimal", "blog", "docs", "guide", "directory"];
const folder = mkdtempSync(join(tmpdir(), "sitegen-starters-"));
const root = (template) => join(folder, template, "public");
const validator = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: {
  "aria-label-misuse": ["error", { allowAnyNamable: true }],
  "prefer-native-element": ["error", { exclude: ["region"] }],
  "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
  // Ids that templates make begin with a colon, which no heading's does.
  "valid-id": ["error", { relaxed: true }],
  "doctype-style": "off",
  "long-title": "off",
} });

/** The paths of a site's pages. */
const pages = (template) =>
  readdirSync(root(template), { recursive: true })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".html"));

const read = (template, file) => readFileSync(join(root(template), file), "utf8");

let chromium;
const sites = {};
before(async () => {
  for (const template of templates) {
    execFileSync(program, ["init", join(folder, template), "--template", template], { stdio: "pipe" });
    const build = spawnSync(program, ["build", "--strict", "--root", join(folder, template)], { encoding: "utf8" });
    assert.deepEqual([build.status, build.stderr], [0, ""], template);
    sites[template] = await serve(root(template));
  }
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  for (const site of Object.values(sites)) site.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** About eight of some pages, from the one of this number on: where there are more, they are alike, and each view sees others. */
const some = (all, from = 0) => {
  const step = Math.ceil(all.length / 8);
  return all.filter((_, at) => at % step === from % step);
};

for (const template of templates) {
  test(`${template}: every page is valid, and has a heading and a title of its own`, async () => {
    const titles = new Map();
    for (const file of pages(template)) {
      const html = read(template, file);
      const report = await validator.validateString(html, file);
      const problems = report.results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${file}:${line} ${ruleId}: ${message}`));
      assert.deepEqual(problems, []);
      assert.equal(html.match(/<h1[ >]/g)?.length, 1, file);
      const [, title] = html.match(/<title>([^<]+)/);
      assert.ok(!titles.has(title), `${file} is called as ${titles.get(title)}: ${title}`);
      titles.set(title, file);
    }
  });

  test(`${template}: nothing is empty: no link that leads nowhere, no count of nothing`, () => {
    for (const file of pages(template)) {
      const html = read(template, file);
      assert.ok(!/href="(|[?#]null|none)"/.test(html), file);
      const text = html.replace(/<(script|style)[^]*?<\/\1>|<[^>]+>/g, "");
      assert.ok(!/(^|[\s(])0 [a-z]|All 1 /m.test(text), `${file}: ${text.match(/.*([\s(]0 [a-z]|All 1 ).*/)?.[0]}`);
    }
  });

  // In dark colors, contrasts are all that may differ.
  for (const [number, view] of [views[0], views[2], views[1]].entries()) {
    test(`${template}: pages are in order ${view.name}`, async () => {
      const opened = (sites[template].opened ??= { site: sites[template], chromium });
      for (const file of some(pages(template), number)) {
        const { page, problems } = await open(opened, `/${file.replace(/(^|\/)index\.html$/, "$1")}`, { viewport: view.viewport, colorScheme: view.colorScheme, reducedMotion: "reduce" });
        assert.deepEqual(problems, [], file);
        assert.deepEqual(await violations(page), [], file);
        assert.equal((await overflow(page)).width, 0, file);
      }
    });
  }

  test(`${template}: it reads without scripts, and every page is reached by links`, async () => {
    const { origin } = sites[template];
    const left = ["/"];
    const seen = new Set(left);
    for (let path = left.pop(); path; path = left.pop()) {
      const html = await (await fetch(origin + path)).text();
      for (const [, href] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
        const url = new URL(href, origin + path);
        const next = decodeURI(url.pathname);
        if (url.origin !== origin || seen.has(next) || !next.endsWith("/")) continue;
        seen.add(next);
        left.push(next);
      }
    }
    const all = pages(template).filter((file) => file.endsWith("index.html")).map((file) => `/${file.replace(/index\.html$/, "")}`);
    assert.deepEqual(all.filter((path) => !seen.has(path)), []);
    const { page, close } = await visit({ site: sites[template], chromium }, "/", { javaScriptEnabled: false });
    for (const path of some(all)) {
      await page.goto(origin + path);
      assert.ok(await page.locator("h1").isVisible(), path);
    }
    await close();
  });
}

test("blog: the feeds are in order, with whole texts and whole URLs", () => {
  for (const file of ["feed.xml", "tags/blog/feed.xml"]) {
    const xml = read("blog", file);
    assert.equal(XMLValidator.validate(xml), true, file);
    const { feed } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "entry" }).parse(xml);
    assert.equal(feed.entry.length, 2, file);
    for (const entry of feed.entry) {
      assert.match(entry.id, /^https:\/\/example\.com\/posts\/.+\/$/);
      assert.match(entry.updated, /^\d{4}-\d\d-\d\dT00:00:00Z$/);
      assert.ok(feed.updated >= entry.updated);
      const text = entry.content["#text"];
      assert.ok(text.includes("&lt;p&gt;") || text.includes("<p>"), text);
      assert.ok(!/(href|src)="\//.test(text), text);
    }
  }
});

test("blog: a reader searches, goes from post to post, and to all of a tag", async () => {
  const { page, close } = await visit({ site: sites.blog, chromium }, "/search/?q=footnote");
  await follow(page, () => page.locator(".search-results a").first().click());
  assert.equal(await page.locator("h1").innerText(), "What a post can hold");
  await follow(page, () => page.locator(".near .newer").click());
  assert.equal(await page.locator("h1").innerText(), "Hello");
  await follow(page, () => page.locator(".tags a").first().click());
  assert.deepEqual(await page.locator(".year a").allInnerTexts(), ["Hello", "What a post can hold"]);
  await close();
});

test("blog: it prints as text alone", async () => {
  const { page, close } = await visit({ site: sites.blog, chromium }, "/posts/markup/");
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".site-head").isVisible()));
  assert.ok(await page.locator("article h1").isVisible());
  await close();
});
