// The docs theme over Markdown as it lies in folders: without a declaration, without front matter, in forms of other programs.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { start } from "./browser.js";
import { serve } from "./guide.js";
import { program } from "./program.js";

const long = Array.from({ length: 100 }, (_, at) => `item-${String(at).padStart(2, "0")}`);
const files = {
  "site.toml": `title = "Project"
base_url = "https://example.com"
theme = "docs"
content = { folder = "docs" }
markdown = { admonitions = true }
extra = { edit = "https://forge.example.com/{path}" }`,
  "docs/README.md": "# Project\n\nWelcome. [Set it up](guide/setup.md).\n",
  "docs/guide/README.md": "---\ntitle: Guide\nweight: 1\n---\n",
  "docs/guide/setup.md": `---
title: Setting up
sidebar_label: Set up
---
## First

!!! warning "Mind"

    Back up.

=== "Linux"

    Run \`a\`.

=== "Windows"

    Run \`b\`.

\`\`\`sh title="shell"
${"a-long-command ".repeat(20)}
\`\`\`

| a | b |
|---|---|
| ${"wide ".repeat(40)} | x |

## Status

### Deeper

## Main
`,
  "docs/guide/own-heading.md": "---\ntitle: In the tree\n---\n# In the text\n\nText.\n",
  ...Object.fromEntries(long.map((name) => [`docs/items/${name}.md`, "Text.\n"])),
};

let folder, site, chromium;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-documents-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // Headings called as parts of the theme are no problem.
  execFileSync(program, ["build", "--strict", "--root", folder], { stdio: "pipe" });
  site = await serve(join(folder, "public"));
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path, options = {}) {
  const context = await chromium.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  await page.goto(site.origin + path);
  return page;
}

test("the tree shows where one is, by short titles, and of a long folder the part around it", async () => {
  const page = await open("/guide/setup/");
  assert.equal(await page.locator("h1").innerText(), "Setting up");
  assert.deepEqual(await page.locator('.tree [aria-current="page"]').allInnerTexts(), ["Set up"]);
  assert.deepEqual(await page.locator('.tree [aria-current="true"]').allInnerTexts(), ["Guide"]);
  await page.goto(`${site.origin}/items/item-57/`);
  const shown = await page.locator(".tree ul ul a").allInnerTexts();
  assert.ok(shown.includes("Item 57") && shown.length < 45, shown.join());
  assert.match(shown.at(-1), /100/);
  await page.context().close();
});

test("a page without a text lists its folder, and one with a heading of its own has no other", async () => {
  const page = await open("/guide/");
  assert.deepEqual(await page.locator(".front a").allInnerTexts(), ["In the tree", "Setting up"]);
  await page.goto(`${site.origin}/guide/own-heading/`);
  assert.deepEqual(await page.locator("h1").allInnerTexts(), ["In the text"]);
  assert.match(await page.title(), /^In the tree/);
  await page.context().close();
});

test("every page is listed, and has its neighbors and a link to its file", async () => {
  const page = await open("/items/item-57/");
  assert.deepEqual(await page.locator(".near a").evaluateAll((links) => links.map((link) => link.pathname)), ["/items/item-56/", "/items/item-58/"]);
  assert.equal(await page.locator(".about-page a").getAttribute("href"), "https://forge.example.com/docs/items/item-57.md");
  await page.context().close();
  for (const name of readdirSync(join(folder, "public/items"))) {
    const html = readFileSync(join(folder, "public/items", name, "index.html"), "utf8");
    assert.ok(!/href=""/.test(html), `${name} has an empty link`);
  }
});

for (const width of [390, 1280]) {
  test(`nothing is wider than a window of ${width} pixels, and the contents lead to their headings`, async () => {
    const page = await open("/guide/setup/", { viewport: { width, height: 800 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    if (width < 500) await page.locator(".toc summary").click();
    await page.locator(".toc a", { hasText: "Status" }).click();
    assert.equal(new URL(page.url()).hash, "#status");
    assert.ok(await page.locator("h2#status").evaluate((heading) => heading.getBoundingClientRect().top >= 0));
    await page.context().close();
  });
}

test("it reads without scripts: the menu folds open, tabs show one way and the other", async () => {
  const page = await open("/guide/setup/", { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  assert.ok(!(await page.locator(".tree nav").isVisible()));
  await page.locator(".tree > summary").click();
  assert.ok(await page.locator(".tree nav").isVisible());
  await page.locator(".tree > summary").click();
  assert.ok(await page.getByText("Run a.").isVisible());
  await page.locator(".tab summary", { hasText: "Windows" }).click();
  assert.ok(await page.getByText("Run b.").isVisible());
  await page.context().close();
});

test("the search finds a page by its text", async () => {
  const page = await open("/search.html?q=back");
  await page.locator(".search-results a").first().waitFor({ timeout: 5000 });
  assert.ok((await page.locator(".search-results").innerText()).includes("Setting up"));
  await page.context().close();
});
