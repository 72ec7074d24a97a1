// What strangers wrote into the guide's content, in Chromium: nothing of it runs, with the guide's policy or without one.
//
// `tests/injections` leaves the pages in target/injected. A sample of them is opened; with ALL=1, each that holds a stranger's text.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "./browser.js";
import { serve, urlOf } from "./guide.js";
import { eventually, patience } from "./look.js";

const folder = process.env.INJECTED ?? fileURLToPath(new URL("../../target/injected/", import.meta.url));
const skip = !existsSync(folder) && "the pages are made by `INJECTED=target/injected cargo test -p sitegen-tests --test injections`";

/** How many pages are open at once. */
const TABS = 4;

let site, chromium;

before(async () => {
  if (skip) return;
  site = await serve(folder);
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  site?.stop();
});

/** The pages that hold a stranger's text. */
function hostile() {
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html"));
  return files.filter((path) => readFileSync(join(folder, path), "utf8").includes("run(")).sort();
}

/** Each list, each text in one collection after the other, and a page of each kind with a text where something else is right. */
function sampled(paths) {
  const lists = paths.filter((path) => !/hostile|key|named|-/.test(path));
  const texts = new Map();
  for (const path of paths) {
    const number = /hostile-(\d+)\/index/.exec(path)?.[1] ?? /\/(?:key|named)-\d+-?(\d*)/.exec(path)?.[0].slice(0, 6);
    if (number) texts.set(number, [...(texts.get(number) ?? []), path]);
  }
  return [...lists, ...[...texts.values()].map((own, at) => own[at % own.length])];
}

/** A browser's session that hears what runs, and what its policy forbids but for pictures of other hosts. */
async function session(options) {
  const context = await chromium.browser.newContext(options);
  const heard = [];
  await context.exposeBinding("hear", ({ page }, what) => void heard.push(`${page.url()}: ${what}`));
  await context.addInitScript(() => {
    globalThis.run = (number) => globalThis.hear(`run(${number})`);
    addEventListener("securitypolicyviolation", ({ effectiveDirective, sample, blockedURI }) => {
      if (effectiveDirective !== "img-src") globalThis.hear(`${effectiveDirective} forbids ${blockedURI} ${sample}`);
    });
  });
  context.on("dialog", (dialog) => {
    heard.push(`${dialog.page()?.url()}: a dialog`);
    return dialog.dismiss();
  });
  return { context, heard };
}

/** What of a page could run, as the browser has read it; handlers are called as a reader's pointer would. */
function look() {
  const wrong = [];
  const embedding = ["IFRAME", "FRAME", "OBJECT", "EMBED", "APPLET", "BASE", "PORTAL"];
  for (const element of document.querySelectorAll("*")) {
    const handlers = [...element.attributes].filter(({ name }) => name.startsWith("on"));
    const isOwn = element.localName !== "script" || element.src.startsWith(location.origin) || /^application\/(ld\+)?json$/.test(element.type);
    if (handlers.length > 0 || embedding.includes(element.tagName) || !isOwn) wrong.push(element.outerHTML.slice(0, 200));
    for (const event of ["mouseover", "focus", "error"]) element.dispatchEvent(new Event(event));
  }
  return wrong;
}

/** Opens pages, several at once; gives what ran, and what could. */
async function open(paths, options) {
  const { context, heard } = await session(options);
  const left = [...paths];
  const tab = async () => {
    const page = await context.newPage();
    for (let path = left.pop(); path; path = left.pop()) {
      const url = site.origin + urlOf(path).split("/").map(encodeURIComponent).join("/");
      await page.goto(url, { waitUntil: "load" });
      // Elsewhere: what leads away from the page that is looked at.
      const wrong = await page.evaluate(look).catch((error) => [error.message]);
      heard.push(...wrong.map((what) => `${path}: ${what}`));
    }
  };
  await Promise.all(Array.from({ length: TABS }, tab));
  await context.close();
  return heard;
}

test("the check, checked: what would run is found", { skip }, async () => {
  const { context, heard } = await session({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${site.origin}/404.html`);
  await page.setContent("<script>run(1)</script><img src=x onerror=run(2)><p onmouseover=run(3)>");
  const wrong = await page.evaluate(look);
  assert.equal(wrong.length, 3);
  await eventually(() => {
    for (const number of [1, 2, 3]) assert.ok(heard.some((what) => what.endsWith(`run(${number})`)), `${number} in ${heard}`);
  });
  await context.close();
});

for (const [policy, options] of Object.entries({ "the guide's policy": {}, "no policy": { bypassCSP: true } })) {
  test(`nothing of strangers runs under ${policy}`, { skip }, async (t) => {
    const paths = process.env.ALL ? hostile() : sampled(hostile());
    assert.ok(paths.length > 60, `${paths.length} pages`);
    t.diagnostic(`${paths.length} pages`);
    assert.deepEqual(await open(paths, options), []);
  });
}

test("nothing of strangers runs where an exercise shows what its cases made", { skip }, async () => {
  const { context, heard } = await session({ bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript(patience);
  const mark = "<img src=x onerror=run(0)>";
  for (const number of [0, 4, 8, 20]) {
    await page.goto(`${site.origin}/problems/sql-hostile-${number}/`);
    for (const program of [`SELECT '${mark}' AS "${mark}"`, `SELECT "${mark}`]) {
      await page.locator(".desk textarea").fill(program);
      await page.locator(".desk-said").evaluate((said) => (said.textContent = ""));
      await page.locator(".run").click();
      await page.locator(".desk-said", { hasText: /\.$/ }).waitFor();
      // The first is open.
      await page.locator(".desk .results .case summary").last().click();
      for (const place of [0, 1]) await page.locator(".desk .results .case").nth(place).filter({ hasText: mark }).waitFor();
    }
    await page.locator(".browse summary").click();
    await page.locator(".tables tbody tr").first().waitFor();
    await page.locator(".wrong summary").first().click();
    await page.locator(".wrong .try button").first().click();
    await page.locator(".wrong .results .fail").first().waitFor();
    assert.deepEqual(await page.evaluate(look), []);
  }
  assert.deepEqual(heard, []);
  await context.close();
});

test("nothing of strangers runs where the search shows it", { skip }, async () => {
  const { context, heard } = await session({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${site.origin}/search/`);
  for (const words of ["script", "img", "svg", "javascript", "onerror"]) {
    await page.locator("main input").fill(words);
    await page.locator("#search-results a").first().waitFor();
    await page.locator("#search-results", { hasText: words }).waitFor();
    assert.deepEqual(await page.evaluate(look), []);
  }
  assert.deepEqual(heard, []);
  await context.close();
});
