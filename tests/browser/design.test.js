// What pages do with a script, and what they are without one.

import test from "node:test";
import assert from "node:assert/strict";
import { opened } from "./guide.js";
import { views } from "./browser.js";
import { visit } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const problem = "/problems/latest-order-status/";
const guide = opened();

const open = (url, options) => visit(guide, url, options);

/** The names of the items of an index that are shown, in order. */
const shown = (page) => page.locator("main [data-name]:visible").evaluateAll((items) => items.map((item) => item.dataset.name));

/** The query of the page's address. */
const query = (page) => page.evaluate(() => location.search);

test("the switch of colors says its state and remembers it", async () => {
  const { page, close } = await open("/");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const button = page.locator(".theme-switch");
  assert.equal(await button.getAttribute("aria-label"), "Colors: automatic");
  await button.click();
  assert.equal(await button.getAttribute("aria-label"), "Colors: dark", "the first step can be seen");
  assert.notEqual(await ground(), light);
  const dark = await ground();
  await page.goto(guide.site.origin + reference);
  assert.equal(await ground(), dark, "on the next page as well");
  assert.equal(await button.getAttribute("aria-label"), "Colors: dark");
  await button.click();
  await button.click();
  assert.equal(await button.getAttribute("aria-label"), "Colors: automatic");
  assert.equal(await ground(), light);
  await close();
});

test("a remembered theme is there before the first paint", async () => {
  const prepare = () => {
    localStorage.setItem("theme", "dark");
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      globalThis.atBody = document.documentElement.dataset.theme;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  };
  const { page, close } = await open(reference, { prepare });
  assert.equal(await page.evaluate(() => globalThis.atBody), "dark", "nothing is painted before there is a body");
  await close();
});

test("the theme works without storage", async () => {
  const prepare = () => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("denied"); } });
  const { page, close } = await open("/", { prepare });
  await page.locator(".theme-switch").click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await close();
});

test("code is copied and that is said", async () => {
  const { page, close } = await open(problem, { patient: true, permissions: ["clipboard-read", "clipboard-write"] });
  const code = await page.locator(".prompt pre > code").first().innerText();
  await page.locator(".prompt .copy").first().click();
  await page.locator(".script-status", { hasText: "Copied" }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code.trimEnd());
  await close();
});

test("a copied command has no prompt", async () => {
  const { page, context, close } = await open(problem, { patient: true, permissions: ["clipboard-read", "clipboard-write"] });
  await context.route(guide.site.origin + problem, async (route) => {
    const page = '<pre class="code language-console"><code>$ sitegen build\n$ sitegen check\n</code></pre>';
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/(<main[^>]*>)/, `$1${page}`) });
  });
  await page.reload();
  await page.locator(".copy").first().click();
  await page.locator(".script-status", { hasText: "Copied" }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "sitegen build\nsitegen check");
  await close();
});

test("problems are filtered and sorted, and the address says how", async () => {
  const { page, close } = await open("/problems/");
  const every = await shown(page);
  await page.locator("[name=kind][value=sql]").check();
  assert.equal(await query(page), "?kind=sql");
  const sql = await shown(page);
  assert.ok(sql.length > 1 && sql.length < every.length);
  assert.equal(await page.locator(".found").innerText(), `${sql.length} of ${every.length}`);
  assert.equal(await page.locator("main h2:visible").count(), 1, "groups without an item are not shown");

  await page.getByLabel("Sort by").selectOption("minutes");
  assert.equal(await query(page), "?kind=sql&sort=minutes");
  const minutes = await page.locator("main [data-name]:visible").evaluateAll((items) => items.map((item) => Number(item.dataset.minutes)));
  assert.deepEqual(minutes, minutes.toSorted((a, b) => a - b));

  const sorted = await shown(page);
  await page.reload();
  assert.deepEqual(await shown(page), sorted, "an address that is shared shows the same");
  await page.locator("[name=kind][value=sql]").uncheck();
  await page.getByLabel("Sort by").selectOption("");
  assert.deepEqual(await shown(page), every, "and back");
  assert.equal(await query(page), "");
  await close();
});

test("a filter that fits nothing says so and can be undone", async () => {
  const { page, close } = await open("/technologies/");
  const every = await shown(page);
  await page.keyboard.press("/");
  await page.keyboard.type("zzz");
  assert.deepEqual(await shown(page), []);
  assert.equal(await query(page), "?q=zzz");
  await page.locator(".nothing button").click();
  assert.deepEqual(await shown(page), every);
  await page.keyboard.type("stream");
  assert.ok((await shown(page)).length < every.length, "the field has the focus again");
  await page.keyboard.press("Escape");
  assert.deepEqual(await shown(page), every, "escape empties it");
  await close();
});

for (const url of ["/companies/", "/rounds/", "/skills/", "/locations/"]) {
  test(`${url} can be sorted each way that it offers`, async () => {
    const { page, close } = await open(url);
    const sort = page.getByLabel("Sort by");
    const ways = await sort.locator("option").evaluateAll((options) => options.map(({ value, dataset }) => ({ value, down: "down" in dataset })));
    for (const { value, down } of ways.filter(({ value }) => value)) {
      await sort.selectOption(value);
      const values = await page.locator("main [data-name]:visible").evaluateAll((items, by) => items.map((item) => item.dataset[by]), value);
      const order = values.toSorted((a, b) => (down ? -1 : 1) * a.localeCompare(b, "en", { numeric: true }));
      assert.deepEqual(values, order, value);
      assert.ok(new Set(values).size > 1, `${value} tells items apart`);
    }
    await close();
  });
}

test("without scripts there are no controls and everything is there to read", async () => {
  for (const url of ["/", "/problems/", "/companies/", "/faqs/", problem, reference]) {
    const { page, close } = await open(url, { javaScriptEnabled: false });
    assert.equal(await page.locator("button:visible, input:not([disabled]):visible, select:visible").count(), 0, url);
    assert.equal(await page.locator("main [data-name]:not(:visible)").count(), 0, url);
    assert.ok(await page.locator("main a[href]:visible").count() > 0, url);
    await close();
  }
});

for (const view of views.filter(({ name }) => name.endsWith("light"))) {
  test(`the keyboard leads from the top to the content, ${view.name}`, async () => {
    const { page, close } = await open("/problems/", view);
    const focused = () => page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle } = getComputedStyle(element);
      const part = element.closest(".skip, .brand, .main-nav, .tools, .crumbs, .finder, main");
      return { part: part?.classList[0] ?? part?.localName, seen: outlineStyle !== "none" };
    });
    const parts = [];
    for (let step = 0; step < 80 && parts.at(-1) !== "main"; step += 1) {
      await page.keyboard.press("Tab");
      const { part, seen } = await focused();
      assert.ok(seen, `the focus is seen on ${part}`);
      if (parts.at(-1) !== part) parts.push(part);
    }
    assert.deepEqual(parts, ["skip", "brand", "main-nav", "tools", "crumbs", "finder", "main"]);
    await close();
  });
}

test("the skip link leads to the content", async () => {
  const { page, close } = await open(reference);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#main");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  await close();
});

test("the section that is read is marked in the contents", async () => {
  const { page, close } = await open(reference);
  await page.locator(".toc a", { hasText: "The loop" }).click();
  await page.locator(".toc [aria-current]", { hasText: "The loop" }).waitFor();
  assert.equal(await page.locator(".toc [aria-current]").count(), 1);
  await close();
});

test("blocks are as wide as their minutes are many", async () => {
  const { page, close } = await open(reference);
  const blocks = await page.locator(".score li").evaluateAll((blocks) =>
    blocks.map((block) => ({ minutes: parseInt(block.querySelector("small").textContent.match(/\d+/)), width: block.getBoundingClientRect().width })),
  );
  assert.ok(blocks.length > 3);
  const [first] = blocks;
  for (const { minutes, width } of blocks) assert.ok(Math.abs(width / minutes - first.width / first.minutes) < 0.2, `${minutes} minutes are ${width} wide`);
  await close();
});

test("on a phone time runs down, and each block is as high as a finger", async () => {
  const { page, close } = await open(reference, views[2]);
  const blocks = await page.locator(".score li").evaluateAll((blocks) => blocks.map((block) => block.getBoundingClientRect().toJSON()));
  for (const [index, { top, height }] of blocks.entries()) {
    assert.ok(height >= 44, `${height}`);
    assert.ok(index === 0 || top > blocks[index - 1].top, "each below the one before");
  }
  await close();
});
