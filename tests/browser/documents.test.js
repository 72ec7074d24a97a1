// The docs theme over Markdown as it lies in folders: without a declaration, without front matter, in forms of other programs.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { start } from "./browser.js";
import { serve } from "./guide.js";
import { eventually, follow, lettered } from "./look.js";
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

// What a list says of the order, all that texts can hold, and a front page.
const listed = {
  "site.toml": `title = "Listed"
base_url = "https://example.com"
theme = "docs"
content = { folder = "docs" }
[collections.docs]
order = "SUMMARY.md"
[extra]
links = [{ title = "Forge", url = "https://forge.example.com/" }]
[extra.hero]
text = "What it is."
actions = [{ title = "Begin", to = "@docs/begin" }, { title = "Elsewhere", url = "https://forge.example.com/" }]`,
  "docs/SUMMARY.md": `# Listed

- [Listed](README.md)

## First part

- [Begin](begin.md)
  - [Below](below.md)
    - [Far below](far.md)

## Second part

- [All that texts hold](all.md)
`,
  "docs/README.md": `# Listed

:::cards
- [Begin](begin.md)

  Here.

- [Texts](all.md)

  There.
:::
`,
  "docs/begin.md": "---\nbadge: New\n---\n# Begin\n\nText.\n",
  "docs/below.md": "# Below\n\nText.\n",
  "docs/far.md": "# Far below\n\nText.\n",
  "docs/all.md": `# All that texts hold

## Code

\`\`\`py title="a.py" {1}
x = 1
\`\`\`

## Files

:::files
- \`site.toml\` the site
- docs/
  - **README.md**
:::

## Cards

::::cards
:::card[[Begin](begin.md)]{icon=⚡}
Here.
:::
::::

${"Text. ".repeat(2000)}

## End

${"Text. ".repeat(2000)}
`,
};

// Two versions of which the older has a page of its own.
const versioned = {
  "site.toml": `title = "Versioned"
base_url = "https://example.com"
theme = "docs"
content = { folder = "docs" }
extra = { versions = ["v2", "v1"] }
pages.doc = { index_if = "slug <> 'v1' and slug not like 'v1/%'" }`,
  "docs/README.md": "# Versioned\n",
  "docs/v1/README.md": "# One\n",
  "docs/v1/same.md": "# Same\n",
  "docs/v1/old.md": "# Gone\n",
  "docs/v2/README.md": "# Two\n",
  "docs/v2/same.md": "# Same\n",
};

const folders = [];
const failed = [];
let folder, site, list, versions, chromium;
before(async () => {
  [site, list, versions] = [await built(files), await built(listed), await built(versioned)];
  [folder] = folders;
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  for (const server of [site, list, versions]) server?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A site of some files, served. Headings called as parts of the theme are no problem. */
async function built(files) {
  const folder = mkdtempSync(join(tmpdir(), "sitegen-documents-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(program, ["build", "--strict", "--root", folder], { stdio: "pipe" });
  return serve(join(folder, "public"));
}

async function open(path, { of = site, ...options } = {}) {
  const context = await chromium.browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => failed.push(`${path}: ${error.message}`));
  await page.goto(of.origin + path);
  await lettered(page);
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
    await page.waitForFunction(() => location.hash === "#status");
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

test("a page asks for little", () => {
  const html = readFileSync(join(folder, "public/guide/setup/index.html"), "utf8");
  const asked = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path]) => readFileSync(join(folder, "public", path)));
  const size = [html, ...new Set(asked)].reduce((sum, file) => sum + gzipSync(file).length, 0);
  assert.ok(asked.length > 2 && size < 15000, `${size} bytes in ${asked.length + 1} files`);
});

test("the search finds a page by its text", async () => {
  const page = await open("/search.html?q=back");
  await page.locator(".search-results a").first().waitFor();
  assert.ok((await page.locator(".search-results").innerText()).includes("Setting up"));
  await page.context().close();
});

test("a list makes parts and folds of the tree, open where one is", async () => {
  const page = await open("/below/", { of: list, javaScriptEnabled: false });
  assert.deepEqual(await page.locator(".tree .part").allInnerTexts(), ["First part", "Second part"]);
  assert.equal(await page.getByRole("list", { name: "First part" }).locator("> li").count(), 1);
  assert.deepEqual(await page.locator('.tree [aria-current="true"]').allInnerTexts(), ["Begin New"]);
  assert.ok(await page.locator(".tree a", { hasText: "Far below" }).isVisible(), "what is below the page is open");
  await page.goto(`${list.origin}/all/`);
  assert.ok(!(await page.locator(".tree a", { hasText: /^Below/ }).isVisible()), "the rest is folded");
  await page.getByText("Pages below Begin").locator("..").click();
  assert.ok(await page.locator(".tree a", { hasText: /^Below/ }).isVisible());
  await page.context().close();
});

test("the front page introduces the site, and a card is its link as a whole", async () => {
  const page = await open("/", { of: list });
  assert.deepEqual(await page.locator("h1").allInnerTexts(), ["Listed"]);
  assert.deepEqual(await page.locator(".actions a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["/begin/", "https://forge.example.com/"]);
  assert.ok(await page.locator(".site-head a", { hasText: "Forge" }).isVisible());
  const box = await page.locator(".link-cards li", { hasText: "There" }).boundingBox();
  await follow(page, () => page.mouse.click(box.x + box.width - 8, box.y + box.height - 8));
  assert.equal(new URL(page.url()).pathname, "/all/");
  await page.context().close();
});

test("code is copied, the contents follow the scroll, and headings have links for whoever copies them", async () => {
  const page = await open("/all/", { of: list, permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator(".code-block .copy").click();
  await eventually(async () => assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "x = 1"));
  assert.equal(await page.locator("h2#files .anchor").getAttribute("href"), "#files");
  await page.locator("h2#end").evaluate((heading) => heading.scrollIntoView());
  await page.locator('.toc [aria-current="location"]', { hasText: "End" }).waitFor();
  await page.context().close();
});

test("trees of files and cards with titles are what they seem", async () => {
  const page = await open("/all/", { of: list });
  const drawn = (item) => item.evaluate((item) => getComputedStyle(item, "::before").borderTopWidth);
  assert.notEqual(await drawn(page.locator(".files li", { hasText: "site.toml" })), await drawn(page.locator(".files > ul > li", { hasText: "docs/" })));
  assert.equal(await page.locator(".link-card-title").innerText(), "⚡ Begin");
  await page.context().close();
});

test("a version shows its own pages, and leads to the same page of another one", async () => {
  const page = await open("/v1/same/", { of: versions });
  assert.deepEqual(await page.locator(".tree > nav > ul a").allInnerTexts(), ["Gone", "Same"]);
  assert.equal(await page.locator(".old-version a").getAttribute("href"), "/v2/same/");
  assert.equal(await page.locator('meta[name="robots"]').getAttribute("content"), "noindex");
  assert.equal(await page.locator(".near [rel=next]").count(), 0, "the next page is of another version");
  await page.locator(".versions summary").click();
  await follow(page, () => page.locator(".versions a", { hasText: "v2" }).click());
  assert.equal(new URL(page.url()).pathname, "/v2/same/");
  assert.equal(await page.locator(".old-version, meta[name=robots]").count(), 0);
  await page.goto(`${versions.origin}/v1/old/`);
  assert.equal(await page.locator(".versions a", { hasText: "v2" }).getAttribute("href"), "/v2/");
  await page.context().close();
});

test("no script failed on the pages above", () => {
  assert.deepEqual(failed, []);
});
