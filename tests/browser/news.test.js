// What is new, for readers who come back.

import test from "node:test";
import assert from "node:assert/strict";
import { opened } from "./guide.js";
import { views } from "./browser.js";
import { follow, overflow, violations, visit } from "./look.js";

const guide = opened();

test("the news is reached from any page's foot without a script, and leads on", async () => {
  const { page, close } = await visit(guide, "/companies/amazon/", { javaScriptEnabled: false });
  await page.locator(".site-foot").getByRole("link", { name: "News", exact: true }).focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/news/");
  const days = await page.locator(".news time").evaluateAll((times) => times.map((time) => time.dateTime));
  assert.ok(days.length > 2);
  assert.deepEqual(days, days.toSorted().reverse(), "the newest first");
  assert.equal(await page.locator(".news h2[id]").count(), days.length);
  await page.locator(".news a").first().focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.match(page.url(), /\/levels\//);
  await close();
});

test("its feed can be had", async () => {
  const { page, close } = await visit(guide, "/news/");
  const feed = await page.getByRole("link", { name: /^Follow by feed/ }).getAttribute("href");
  assert.equal(feed, await page.locator('link[type="application/atom+xml"]').first().getAttribute("href"));
  assert.match(await page.evaluate((feed) => fetch(feed).then((answer) => answer.text()), feed), /<entry>/);
  await close();
});

for (const view of views.slice(1, 3)) {
  test(`it fits, ${view.name}`, async () => {
    const { page, close } = await visit(guide, "/news/", view);
    assert.equal((await overflow(page)).width, 0);
    assert.deepEqual(await violations(page), []);
    await close();
  });
}
