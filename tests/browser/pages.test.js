// One page of each kind, opened in a real browser: in light colors and dark ones, on a wide screen and a narrow one, and without scripts. The server
// sends the guide's policy with it; Chromium tells as an error what that forbids.

import test from "node:test";
import assert from "node:assert/strict";
import { kinds, opened, urlOf } from "./guide.js";
import { views } from "./browser.js";
import { drawn, open, overflow, violations } from "./look.js";

const guide = opened();
const [wide, , narrow] = views;

/** What people press that is lower than a finger can meet. */
const low = (page) =>
  page.locator("button:visible, select:visible, input:visible, summary:visible, nav a:visible, .chips a:visible").evaluateAll((all) =>
    all.filter((one) => !one.disabled && Math.round(one.getBoundingClientRect().height) < 24).map((one) => one.outerHTML.slice(0, 120)),
  );

/** Unfolds all of a page, so that it asks for whatever it may ask for. */
async function unfold(page) {
  await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  await drawn(page);
}

for (const path of kinds()) {
  const url = urlOf(path);

  test(`${url} is in order on a wide screen, in light colors and dark ones`, async () => {
    const { page, problems, close } = await open(guide, url, { ...wide, reducedMotion: "reduce" });
    assert.equal(await page.locator("h1").count(), 1, "one first heading");
    assert.notEqual((await page.title()).trim(), "");
    assert.equal(await page.locator("main").count(), 1, "one main part");
    assert.equal(await page.locator("html[lang]").count(), 1, "a language");
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], colorScheme);
    }
    await unfold(page);
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} is in order on a narrow screen, for eyes and fingers`, async () => {
    const { page, problems, close } = await open(guide, url, { ...narrow, reducedMotion: "reduce" });
    const { width, wide } = await overflow(page);
    assert.equal(width, 0, `wider than the screen by ${width}: ${wide.slice(0, 5).join(" ")}`);
    assert.deepEqual(await low(page), []);
    assert.deepEqual(await violations(page), []);
    await unfold(page);
    assert.deepEqual(problems, []);
    await close();
  });

  test(`${url} needs no script`, async () => {
    const { page, problems, close } = await open(guide, url, { ...wide, javaScriptEnabled: false });
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
