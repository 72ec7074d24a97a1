// One page of each kind, opened in a real browser.

import test from "node:test";
import assert from "node:assert/strict";
import { kinds, opened, urlOf } from "./guide.js";
import { views } from "./browser.js";
import { open, overflow, violations } from "./look.js";

const guide = opened();

for (const path of kinds()) {
  const url = urlOf(path);

  test(`${url} is shown without an error`, async () => {
    const { page, problems, close } = await open(guide, url, views[0]);
    assert.equal(await page.locator("h1").count(), 1, "one first heading");
    assert.notEqual((await page.title()).trim(), "");
    assert.ok(await page.locator("main").count() === 1, "one main part");
    assert.ok(await page.locator("html[lang]").count() === 1, "a language");
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} fits a narrow screen`, async () => {
    const { page, problems, close } = await open(guide, url, views[2]);
    const { width, wide } = await overflow(page);
    assert.equal(width, 0, `wider than the screen by ${width}: ${wide.slice(0, 5).join(" ")}`);
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} is accessible`, async () => {
    for (const view of views) {
      const { page, close } = await open(guide, url, { ...view, reducedMotion: "reduce" });
      assert.deepEqual(await violations(page), [], view.name);
      await close();
    }
  });

  test(`${url} needs no script`, async () => {
    const { page, problems, close } = await open(guide, url, { ...views[0], javaScriptEnabled: false });
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
