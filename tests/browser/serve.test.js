// A site that is edited while a browser shows it.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { start } from "./browser.js";
import { serving } from "./program.js";

const files = {
  "site.toml": 'title = "Site"\nbase_url = "https://example.com"\ntheme = "small"\n',
  "themes/small/theme.toml":
    '[collections.notes]\nsingular = "note"\n[collections.notes.fields]\ntitle = "string"\nnext = "@notes?"\n\n' +
    '[pages.note]\nfrom = "notes"\npath = "/{note.slug}/"\ntemplate = "note.html"\n\n[headers]\nfiles = []\n',
  "themes/small/templates/note.html":
    '<!doctype html>\n<html lang="en">\n<head><title>{{ page.title }}</title>\n' +
    '<link rel="stylesheet" href="{{ asset(name="style.css") }}"></head>\n' +
    '<body><h1>{{ page.title }}</h1>{{ note.body }}<div class="tall"></div></body>\n</html>\n',
  "themes/small/assets/style.css": "h1 { color: rgb(1, 2, 3) }\n.tall { height: 5000px }\n",
  "content/notes/a.md": '+++\ntitle = "A"\n+++\nFirst.\n',
  "content/notes/b.md": '+++\ntitle = "B"\n+++\nOther.\n',
};

let folder;
let server;
let chromium;
/** What the browser complained of. */
const complaints = [];

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-serve-"));
  for (const [path, text] of Object.entries(files)) write(path, text);
  server = await serving(folder, "--watch");
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, scrolled down and marked, and waits until it listens. */
async function open(path) {
  const context = await chromium.browser.newContext();
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const listening = page.waitForResponse((response) => response.url().includes("/.sitegen/events"));
  await page.goto(server.origin + path);
  await listening;
  await page.evaluate(() => {
    window.marked = true;
    scrollTo(0, 1000);
  });
  return { page, close: () => context.close() };
}

const marked = (page) => page.evaluate(() => window.marked === true);
const scrolled = (page) => page.evaluate(() => scrollY);
const color = (page) => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);

test("a page shows what was saved, where it was scrolled to", async () => {
  const { page, close } = await open("/a/");
  const other = await open("/b/");
  write("content/notes/a.md", '+++\ntitle = "A"\n+++\nSecond.\n');
  await page.getByText("Second.").waitFor();
  await page.waitForFunction(() => scrollY === 1000);
  assert.equal(await marked(page), false);
  assert.equal(await marked(other.page), true, "the other page has not reloaded");
  await other.close();
  await close();
});

test("a style sheet is swapped without a reload", async () => {
  const { page, close } = await open("/a/");
  for (const value of ["rgb(4, 5, 6)", "rgb(7, 8, 9)"]) {
    write("themes/small/assets/style.css", `h1 { color: ${value} }\n.tall { height: 5000px }\n`);
    await page.waitForFunction((value) => getComputedStyle(document.querySelector("h1")).color === value, value);
  }
  assert.equal(await color(page), "rgb(7, 8, 9)");
  assert.equal(await marked(page), true);
  assert.equal(await scrolled(page), 1000);
  await page.waitForFunction(() => document.querySelectorAll("link").length === 1);
  await close();
});

test("what is wrong lies over the last good page until it is mended", async () => {
  const { page, close } = await open("/b/");
  const alert = page.getByRole("alert");
  write("content/notes/b.md", '+++\ntitle = "B"\nnext = "nowhere"\n+++\nOther.\n');
  await alert.waitFor();
  assert.match(await alert.innerText(), /error\[unknown-reference\]: no note is called "nowhere"/);
  const link = alert.getByRole("link", { name: "content/notes/b.md:3:8" });
  assert.equal(await link.getAttribute("href"), `vscode://file/${join(folder, "content/notes/b.md")}:3:8`);
  assert.ok(await page.getByText("Other.").isVisible());
  assert.equal(await alert.evaluate((alert) => getComputedStyle(alert).position), "fixed", "it has its style");
  await page.keyboard.press("Escape");
  await alert.waitFor({ state: "detached" });
  write("content/notes/b.md", '+++\ntitle = "B"\nnext = "neither"\n+++\nOther.\n');
  await alert.waitFor();
  write("content/notes/b.md", '+++\ntitle = "B"\n+++\nMended.\n');
  await alert.waitFor({ state: "detached" });
  await page.getByText("Mended.").waitFor();
  await close();
});

test("a page that is not there yet appears once it is", async () => {
  const { page, close } = await open("/c/");
  assert.equal(await page.title(), "Nothing is here");
  write("content/notes/c.md", '+++\ntitle = "C"\n+++\nThird.\n');
  await page.getByText("Third.").waitFor();
  await close();
});

test("the site's policy is in force and forbids nothing of the server's", async () => {
  const { page, close } = await open("/a/");
  const policy = (await page.request.get(`${server.origin}/a/`)).headers()["content-security-policy"];
  assert.match(policy, /^default-src 'none'; script-src 'self' .*; frame-ancestors 'none'$/);
  await page.goto(`${server.origin}/nowhere/`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).maxWidth), "960px", "the server's own page has its style");
  assert.deepEqual(complaints.filter((text) => text.includes("Content Security Policy")), []);
  await close();
});
