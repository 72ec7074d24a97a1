// The directory theme over a file of national parks, and over one that lacks most things, as it reads and works in a browser.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { start, views } from "./browser.js";
import { follow, open, overflow, violations, visit } from "./look.js";
import { program, serving } from "./program.js";

/** A site of one thing without facets, figures and most of its values. */
const bare = {
  "site.toml": `title = "Bare"
base_url = "https://example.com"
theme = "directory"
[datasets.data]
fields = { name = "string", note = "string?", size = "int?" }
[extra.directory]
one = "item"
many = "items"
columns = [{ name = "note", label = "Note", kind = "long", list = true }, { name = "size", label = "Size", kind = "number", list = true, sort = true }]
`,
  "content/data/data.csv": "name,note,size\nOnly,,\n",
  "queries/things.sql": "select slug(name) as slug, name as title, note, size from data\n",
};

/** The site that docs/directory.md shows, a file after a line with its path. */
const shown = readFileSync(new URL("../../docs/directory.md", import.meta.url), "utf8").matchAll(/^`(\S+)`:\n\n```\w+\n([^]*?)^```$/gm);
const sites = { bare, lakes: Object.fromEntries([...shown].map(([, path, text]) => [path, text])) };

const folder = mkdtempSync(join(tmpdir(), "sitegen-directory-"));
let parks, empty, chromium;

before(async () => {
  cpSync(fileURLToPath(new URL("../directory/parks", import.meta.url)), join(folder, "parks"), { recursive: true });
  for (const [site, files] of Object.entries(sites)) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, site, path)), { recursive: true });
      writeFileSync(join(folder, site, path), text);
    }
  }
  for (const site of ["parks", "bare", "lakes"]) execFileSync(program, ["build", "--strict", "--root", join(folder, site)], { stdio: "pipe" });
  chromium = await start();
  parks = { chromium, site: await serving(join(folder, "parks")) };
  empty = { chromium, site: await serving(join(folder, "bare")) };
});

after(async () => {
  await chromium?.stop();
  for (const opened of [parks, empty]) opened?.site.stop();
  rmSync(folder, { recursive: true, force: true });
});

const kinds = ["/", "/parks/denali/", "/by/states/", "/by/features/volcano/", "/compare/?a=zion&b=arches&c=acadia&d=everglades", "/search.html", "/404.html"];
const titles = (page) => page.locator(".things tbody tr:visible th").allInnerTexts();

for (const view of views) {
  test(`nothing is wrong with any kind of page, ${view.name}`, async () => {
    for (const url of kinds) {
      const { name, ...look } = view;
      const { page, problems, close } = await open(parks, url, { ...look, reducedMotion: "reduce" });
      if (url.startsWith("/compare/")) await page.locator(".comparison").waitFor();
      assert.deepEqual(await violations(page), [], `${url}, ${name}`);
      assert.deepEqual(await overflow(page), { width: 0, wide: [] }, `${url}, ${name}`);
      assert.deepEqual(problems.filter((problem) => !(url === "/404.html" && problem.includes("404"))), [], `${url}, ${name}`);
      await close();
    }
  });
}

test("it reads without scripts: the list is whole, a facet folds open and leads to the things that have a value", async () => {
  const { page, close } = await visit(parks, "/", { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  assert.equal((await titles(page)).length, 63);
  assert.ok(!(await page.locator(".filter").isVisible()), "what needs a script is not shown");
  await page.locator(".facets > summary").click();
  const value = page.locator(".facet li", { hasText: "volcano" });
  const count = Number(await value.locator("small").innerText());
  await follow(page, () => value.getByRole("link").click());
  assert.equal(await page.locator("h1").innerText(), "Features\nvolcano");
  assert.equal((await titles(page)).length, count);
  await page.goto(`${parks.site.origin}/compare/?a=zion&b=arches`);
  assert.equal(await page.locator(".without-script li").count(), 63);
  await close();
});

test("a head of the table sorts it by numbers, words filter it, and the address keeps both", async () => {
  const { page, close } = await visit(parks, "/");
  await page.getByRole("button", { name: "Area" }).click();
  assert.equal((await titles(page))[0], "Wrangell–St. Elias");
  await page.getByRole("button", { name: "Area" }).click();
  assert.equal((await titles(page))[0], "Gateway Arch");
  assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "ascending");
  await page.getByRole("searchbox", { name: "Filter" }).fill("alaska glacier");
  const found = await titles(page);
  assert.deepEqual(found, ["Kenai Fjords", "Glacier Bay", "Denali", "Wrangell–St. Elias"]);
  assert.equal(await page.locator(".list-head [role=status]").innerText(), "4 of 63 parks");
  await page.reload();
  assert.deepEqual(await titles(page), found);
  await close();
});

test("a page has the values of its thing, where its numbers stand, and what is near it", async () => {
  const { page, close } = await visit(parks, "/parks/gates-of-the-arctic/");
  const values = await page.locator(".values > div").evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent)));
  assert.deepEqual(values.slice(0, 3), [["States", "Alaska"], ["Established", "December 2, 1980"], ["Area", "30,448 km²"]]);
  assert.match(await page.locator(".standing").innerText(), /30,448 km² more than 97% of 63 parks/);
  const here = Number((await page.locator(".standing .here").getAttribute("d")).match(/^M([\d.]+) /)[1]);
  assert.equal(here, 400, "what is above the range of the picture stands at its end");
  assert.ok((await page.locator(".nearest li > a:first-child").allInnerTexts()).includes("Wrangell–St. Elias"));
  await follow(page, () => page.locator(".nearest .compare").first().click());
  await page.locator(".comparison thead a", { hasText: "Gates of the Arctic" }).waitFor();
  await close();
});

test("two things stand side by side as the address says, a third is added, and rows that are equal can be left out", async () => {
  const { page, close } = await visit(parks, "/compare/?a=zion&b=bryce-canyon");
  const heads = page.locator(".comparison thead a");
  const rows = page.locator(".comparison tbody tr:visible th");
  await heads.first().waitFor();
  assert.deepEqual(await heads.allInnerTexts(), ["Zion", "Bryce Canyon"]);
  assert.deepEqual(await page.locator(".comparison tbody tr", { hasText: "States" }).locator("td").allInnerTexts(), ["Utah", "Utah"]);
  await page.getByRole("checkbox").check();
  assert.ok(!(await rows.allInnerTexts()).includes("States"));
  await page.locator("select[name=c]").selectOption("denali");
  await page.locator(".comparison thead a", { hasText: "Denali" }).waitFor();
  assert.ok((await rows.allInnerTexts()).includes("States"));
  assert.equal(await page.evaluate(() => location.search), "?a=zion&b=bryce-canyon&c=denali");
  await page.goBack();
  await page.locator(".comparison thead a", { hasText: "Denali" }).waitFor({ state: "detached" });
  assert.deepEqual(await heads.allInnerTexts(), ["Zion", "Bryce Canyon"]);
  await close();
});

test("the search finds things and values", async () => {
  const { page, close } = await visit(parks, "/search.html?q=alaska");
  await page.locator(".search-results a", { hasText: "States: Alaska" }).waitFor();
  await page.locator("#search-q").fill("yelowstone");
  await page.locator(".search-results a", { hasText: "Yellowstone" }).waitFor();
  await close();
});

test("the site that the documentation shows has a page for each row", () => {
  const page = readFileSync(join(folder, "lakes/public/lakes/huron/index.html"), "utf8");
  assert.match(page, /<a href="\/by\/countries\/canada\/">Canada<\/a>/);
  assert.match(page, /the least of 4 lakes/);
});

test("of what there is not, nothing is shown", async () => {
  const { page, close } = await visit(empty, "/");
  assert.deepEqual(await titles(page), ["Only"]);
  for (const absent of [".facets", ".list-pages", ".tool", ".source"]) assert.equal(await page.locator(absent).count(), 0, absent);
  await follow(page, () => page.getByRole("link", { name: "Only" }).click());
  assert.equal(await page.locator("h1").innerText(), "Only");
  for (const absent of [".values", "section.long", ".standings", ".nearest", ".near"]) assert.equal(await page.locator(absent).count(), 0, absent);
  assert.equal((await page.request.get(`${empty.site.origin}/compare/`)).status(), 404);
  await close();
});
