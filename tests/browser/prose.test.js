// A page with every construct that an author can write, in the guide's theme.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start, views } from "./browser.js";
import { serve } from "./guide.js";
import { open, overflow, violations } from "./look.js";
import { program } from "./program.js";

const site = `title = "Prose"\nbase_url = "https://example.com"\ntheme = "guide"\n\n[markdown]\nmath = true\n`;
const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" width="400" height="300"><circle cx="2" cy="1.5" r="1"/></svg>`;
const url = "/prose/";
const prose = {};
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-prose-"));
  const articles = join(folder, "content/articles");
  mkdirSync(articles, { recursive: true });
  writeFileSync(join(folder, "site.toml"), site);
  writeFileSync(join(articles, "dot.svg"), image);
  cpSync(new URL("prose.md", import.meta.url), join(articles, "prose.md"));
  cpSync(new URL("../../themes/guide", import.meta.url), join(folder, "themes/guide"), { recursive: true });
  execFileSync(program, ["build", "--root", folder], { stdio: "pipe" });
  prose.site = await serve(join(folder, "public"));
  prose.chromium = await start();
});

after(async () => {
  await prose.chromium?.stop();
  prose.site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const view of [...views, { ...views[1], name: "forced colours", forcedColors: "active" }]) {
  test(`prose is accessible and fits, ${view.name}`, async () => {
    const { page, problems, close } = await open(prose, url, { ...view, reducedMotion: "reduce" });
    await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    const { width, wide } = await overflow(page);
    assert.equal(width, 0, `wider than the screen by ${width}: ${wide.slice(0, 5).join(" ")}`);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("code runs from left to right on a page that does not", async () => {
  const { page, close } = await open(prose, url, views[2]);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  assert.equal((await overflow(page)).width, 0);
  const directions = await page.locator("main :is(pre, code)").evaluateAll((all) => all.map((code) => getComputedStyle(code).direction));
  assert.deepEqual(new Set(directions), new Set(["ltr"]));
  await close();
});

test("marked lines are told apart without colour", async () => {
  const { page, close } = await open(prose, url, views[0]);
  const lines = await page.locator("pre :is(mark, ins, del).line").evaluateAll((all) =>
    all.map((line) => {
      const width = getComputedStyle(line).borderInlineStartWidth;
      const [, sign = ""] = /"(.)"/.exec(getComputedStyle(line, "::after").content) ?? [];
      const pre = line.closest("pre").getBoundingClientRect();
      return { name: line.localName, width, sign, reaches: line.getBoundingClientRect().right >= pre.right - 2 };
    }),
  );
  const signs = { mark: "", ins: "+", del: "−" };
  assert.equal(lines.length, 6);
  for (const { name, width, sign, reaches } of lines) assert.deepEqual({ width, sign, reaches }, { width: "4px", sign: signs[name], reaches: true }, name);
  await close();
});
