// One page of each kind, opened in a real browser.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { kinds, opened, urlOf } from "./guide.js";
import { views } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const guide = opened();

/** Opens a page and gives what went wrong on the way. */
async function open(url, options) {
  const context = await guide.chromium.browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => {
    const scheme = new URL(request.url()).protocol;
    if (!request.url().startsWith(guide.site.origin) && !["data:", "blob:"].includes(scheme)) problems.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(guide.site.origin + url, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
}

for (const path of kinds()) {
  const url = urlOf(path);

  test(`${url} is shown without an error`, async () => {
    const { page, problems, close } = await open(url, views[0]);
    assert.equal(await page.locator("h1").count(), 1, "one first heading");
    assert.notEqual((await page.title()).trim(), "");
    assert.ok(await page.locator("main").count() === 1, "one main part");
    assert.ok(await page.locator("html[lang]").count() === 1, "a language");
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} fits a narrow screen`, async () => {
    const { page, problems, close } = await open(url, views[2]);
    const { width, wide } = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const inside = (element) => element.parentElement?.closest("pre, .table, [role=region], [tabindex]");
      const wide = [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 1 && !inside(element))
        .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
      return { width: document.documentElement.scrollWidth - width, wide };
    });
    assert.equal(width, 0, `wider than the screen by ${width}: ${wide.slice(0, 5).join(" ")}`);
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} is accessible`, async () => {
    for (const view of views) {
      const { page, close } = await open(url, { ...view, reducedMotion: "reduce" });
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
      const shown = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
      assert.deepEqual(shown, [], view.name);
      await close();
    }
  });

  test(`${url} needs no script`, async () => {
    const { page, problems, close } = await open(url, { ...views[0], javaScriptEnabled: false });
    assert.equal(await page.locator("h1:visible").count(), 1);
    const links = await page.locator("main a[href]:visible, nav a[href]:visible").count();
    assert.ok(links > 0, "there are links to follow");
    assert.deepEqual(problems, []);
    await close();
  });
}

test("what is not there is said kindly", async () => {
  const context = await guide.chromium.browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(`${guide.site.origin}/there/is/nothing/`);
  assert.equal(response.status(), 404);
  assert.equal(await page.locator("h1").count(), 1);
  const unstyled = await page.evaluate(() => [...document.styleSheets].length === 0);
  assert.equal(unstyled, false, "the page finds its style sheet from any depth");
  await context.close();
});
