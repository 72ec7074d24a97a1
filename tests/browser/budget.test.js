// What the reference page may cost a reader who comes for the first time.

import test from "node:test";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { statSync } from "node:fs";
import { join } from "node:path";
import { folder, opened, read, serve } from "./guide.js";
import { views } from "./browser.js";
import { drawn, eventually } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const problem = "/problems/latest-order-status/";
const [wide, , narrow] = views;

/** In bytes, as they are sent: packed by gzip. */
const SCRIPT = 6144;
const STYLE = 13312;
const FONT = 30000;
/** Of the scripts, what the first paint waits for. */
const WAITED = 300;
/** What Chromium's layout shift may add up to; from 0.1, people notice. */
const SHIFT = 0.01;

const guide = opened();

/** Opens a page with nothing in the cache, from a server that nobody else asks, and waits until it asks for nothing more. */
async function open(url, { prepare, ...options } = {}) {
  const site = await serve();
  const context = await guide.chromium.browser.newContext({ ...wide, ...options });
  const elsewhere = [];
  context.on("request", (request) => request.url().startsWith(site.origin) || elsewhere.push(request.url()));
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(site.origin + url, { waitUntil: "networkidle" });
  const close = async () => {
    await context.close();
    site.stop();
  };
  return { page, context, site, elsewhere, close };
}

/** The files that a page asked for, by the ends of their names. Icons come last, and Chromium tells only the server of them. */
async function asked({ asked }) {
  await eventually(() => assert.ok(asked.some((path) => path.includes("favicon")), "the page asks for its icon"));
  const ending = (end) => asked.filter((path) => path.endsWith(end));
  return { pages: ending("/"), styles: ending(".css"), scripts: ending(".js"), fonts: ending(".woff2"), icons: ending(".svg"), all: asked.toSorted() };
}

const weight = (paths) => paths.reduce((sum, path) => sum + gzipSync(read(path.slice(1))).length, 0);

for (const view of [narrow, wide]) {
  test(`the page asks for three style sheets, three scripts, its font and its icon, and nobody else, ${view.name}`, async () => {
    const { context, site, elsewhere, close } = await open(reference, view);
    const { pages, styles, scripts, fonts, icons, all } = await asked(site);
    assert.deepEqual([pages, styles.length, scripts.length, fonts.length, icons.length, all.length], [[reference], 3, 3, 1, 1, 9], all.join("\n"));
    assert.deepEqual(elsewhere, [], "everything comes from the site itself");
    assert.deepEqual(await context.cookies(), []);
    await close();
  });

  for (const url of [reference, "/problems/", problem]) {
    test(`${url} does not move while it loads, ${view.name}`, async () => {
      const prepare = () => {
        globalThis.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.moved += value))).observe({ type: "layout-shift", buffered: true });
      };
      const { page, close } = await open(url, { ...view, prepare });
      await drawn(page);
      assert.ok((await page.evaluate(() => globalThis.moved)) < SHIFT);
      await close();
    });
  }
}

test("styles and scripts are small", async () => {
  const { page, site, close } = await open(reference);
  const { styles, scripts, fonts } = await asked(site);
  assert.ok(weight(scripts) > 0 && weight(scripts) <= SCRIPT, `${weight(scripts)} bytes of scripts`);
  const waited = scripts.filter((path) => path.includes("/theme."));
  assert.ok(waited.length === 1 && weight(waited) <= WAITED, "what the first paint waits for is tiny");
  assert.equal(await page.locator("script:not([src], [type$=json])").count(), 0, "there are no scripts in the page");
  assert.ok(weight(styles) > 0 && weight(styles) <= STYLE, `${weight(styles)} bytes of styles`);
  assert.equal(await page.locator("style").count(), 0, "nor are styles in the page");
  assert.ok(fonts.every((path) => statSync(join(folder, path)).size <= FONT), "the font is small");
  await close();
});

test("the whole text is there without a script", async () => {
  const text = async (javaScriptEnabled) => {
    const { page, close } = await open(reference, { javaScriptEnabled });
    // A script adds buttons and a field, which have words of their own.
    const text = await page.locator("main").evaluate((main) => {
      main.querySelectorAll("button, .own-pay").forEach((button) => button.remove());
      return main.innerText;
    });
    await close();
    return text.split(/\s+/).join(" ");
  };
  const [without, all] = [await text(false), await text(true)];
  assert.ok(all.length > 5_000, "it is a long page");
  assert.equal(without, all);
});
