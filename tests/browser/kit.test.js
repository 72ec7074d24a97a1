// A theme of another kind, made as docs/exercises.md shows: its lessons are solved in Chromium, under the policy that sites have.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "./browser.js";
import { patience } from "./look.js";
import { program, serving } from "./program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sitegen-kit-"));

let [server, chromium] = [];
const complaints = [];

before(async () => {
  // Files that the page shows have their paths in a comment at the top.
  const block = /^(`{3,})\w+\n(?:# |\{#- |<!-- )(\S+\.\w+)(?: -#\}| -->)?\n([^]*?)^\1$/gm;
  for (const [, , path, text] of readFileSync(join(root, "docs/exercises.md"), "utf8").matchAll(block)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(program, ["--root", "themes/tutorial", "add", "exercises"], { cwd: folder });
  cpSync(join(root, "engines/python"), join(folder, "engines/python"), { recursive: true });
  server = await serving(folder);
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const lesson of ["first-query", "first-function"]) {
  test(`${lesson} is failed and solved`, async () => {
    const page = await chromium.browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.addInitScript(patience);
    // Browsers ask every site for an icon.
    const isWrong = (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico");
    page.on("console", (message) => isWrong(message) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const response = await page.goto(`${server.origin}/lessons/${lesson}/`);
    assert.match(response.headers()["content-security-policy"], /worker-src blob:/);
    assert.ok(await page.locator(".desk textarea").isVisible());
    assert.ok(!(await page.locator(".desk .starter > pre, .desk .starter > .code-frame").isVisible()), "what scripts replace is not shown");
    const run = async () => {
      await page.locator(".desk-said").evaluate((said) => (said.textContent = ""));
      await page.locator(".run").click();
      const said = page.locator(".desk-said", { hasText: /pass\.$/ });
      await said.waitFor();
      return said.innerText();
    };
    assert.match(await run(), /^[01] of 2 cases pass\.$/);
    await page.locator(".solution summary").click();
    await page.locator(".solution button").click();
    assert.equal(await run(), "All 2 cases pass.");
    assert.deepEqual(await page.locator(".results .verdict").allInnerTexts(), ["Passes", "Passes"]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
    if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${lesson}.png`), fullPage: true });
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
