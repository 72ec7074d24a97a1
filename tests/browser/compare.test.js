// Two or three side by side: pages of two, and what the browser compares.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, pages } from "./guide.js";
import { open, violations } from "./look.js";

const guide = opened();
const picked = { timeout: 5000 };

/** Opens the picker, and waits until a comparison stands there. */
async function compared(query) {
  const opened = await open(guide, `/compare/?${query}`);
  await opened.page.waitForSelector(".compared-here .comparison", picked);
  return opened;
}

for (const [path, query] of [
  ["/compare/amazon-or-stripe/", "companies=stripe,amazon"],
  ["/compare/google-or-meta/", "companies=google,meta"],
  ["/compare/roles/data-engineer-or-analytics-engineer/", "roles=data-engineer,analytics-engineer"],
  ["/compare/levels/mid-or-senior/", "levels=mid,senior"],
  ["/compare/ladders/meta-e5-or-e6/", "levels=meta-e5,meta-e6"],
]) {
  test(`the browser makes what stands on ${path}`, async () => {
    const [kind, slugs] = query.split("=");
    const ordered = path.includes("amazon") ? slugs.split(",").toReversed().join(",") : slugs;
    const { page, problems, close } = await compared(`${kind}=${ordered}`);
    const [here, there] = await page.evaluate(async (path) => {
      const plain = (node) => node.outerHTML.replace(/\s+/g, " ").replace(/> | </g, (found) => found.trim());
      const text = await (await fetch(path)).text();
      return [plain(document.querySelector(".comparison")), plain(new DOMParser().parseFromString(text, "text/html").querySelector(".comparison"))];
    }, path);
    assert.equal(here, there);
    assert.ok((await page.locator(".picker [role=status] a").getAttribute("href")).endsWith(path), "it leads to the page");
    assert.deepEqual(problems, []);
    await close();
  });
}

test("three companies stand side by side, whatever else the address says", async () => {
  const { page, problems, close } = await compared("companies=amazon,nobody,stripe,amazon,uber,google");
  assert.deepEqual(await page.locator(".score-rows p a").allTextContents(), ["Amazon", "Stripe", "Uber"]);
  assert.equal(new URL(page.url()).search, "?companies=amazon,stripe,uber");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await close();
});

test("without a script there is a page for each pair", async () => {
  const { page, close } = await open(guide, "/compare/", { javaScriptEnabled: false });
  assert.equal(await page.locator(".picker").isVisible(), false);
  const links = await page.locator(".pair-list a").count();
  assert.equal(links, pages.filter((path) => /^compare\/.*-or-/.test(path)).length);
  await close();
});
