// What a page costs a reader who comes for the first time, and what it is to those who read otherwise.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { views } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [narrow, , wide] = views;

/** How many times blocking is measured, and how many times slower than this machine a phone is taken to be. */
const RUNS = 5;
const SLOWER = 4;
/** For what a page asks after it has loaded, by itself, in milliseconds. */
const QUIET = 2000;

/** A page in a context of its own, with nothing in its cache. */
async function open(browser, site, view, { prepare, slower, ...options } = {}) {
  const context = await browser.newContext({ ...view, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const asked = [];
  context.on("request", (request) => asked.push(new URL(request.url())));
  if (prepare) await page.addInitScript(prepare);
  if (slower) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: slower });
  site.answers.length = 0;
  await page.goto(site.origin + site.url, { waitUntil: "load" });
  await page.waitForTimeout(QUIET);
  return { page, context, asked };
}

function observe() {
  globalThis.moved = 0;
  globalThis.blocked = 0;
  const watch = (type, look) => new PerformanceObserver((list) => list.getEntries().forEach(look)).observe({ type, buffered: true });
  watch("layout-shift", ({ value, hadRecentInput }) => (globalThis.moved += hadRecentInput ? 0 : value));
  watch("longtask", ({ duration }) => (globalThis.blocked += Math.max(0, duration - 50)));
}

const kinds = { ".html": "html", ".css": "css", ".js": "js", ".mjs": "js", ".woff": "fonts", ".woff2": "fonts" };
const kind = ({ ahead, path, ending }, url) => (ahead ? "ahead" : path === url ? "html" : (kinds[ending] ?? "other"));
const packed = (texts) => (texts.length > 0 ? gzipSync(texts.join("\n")).length : 0);

/** Requests and bytes on load. What is in the page itself counts as HTML; how much of it is script and style is said besides. */
async function load(browser, site, view) {
  const { page, context, asked } = await open(browser, site, view, { prepare: observe });
  const bytes = { html: 0, css: 0, js: 0, fonts: 0, other: 0, ahead: 0 };
  for (const answer of site.answers) bytes[kind(answer, site.url)] += answer.bytes;
  const hosts = asked.filter(({ protocol, origin }) => protocol.startsWith("http") && origin !== site.origin).map(({ host }) => host);
  const inside = await page.evaluate(() => ({
    js: [...document.querySelectorAll("script:not([src])")].filter(({ type }) => ["", "module", "text/javascript"].includes(type)).map(({ text }) => text),
    css: [...document.querySelectorAll("style")].map(({ textContent }) => textContent),
  }));
  const moved = await page.evaluate(() => globalThis.moved);
  const cookies = (await context.cookies()).length;
  const paths = site.answers.map(({ path, status, bytes, ahead }) => ({ path, status, bytes, ahead }));
  await context.close();
  const total = Object.values(bytes).reduce((sum, size) => sum + size, 0);
  const ahead = site.answers.filter((answer) => answer.ahead).length;
  return { requests: site.answers.length, ahead, elsewhere: hosts.length, hosts: [...new Set(hosts)], bytes, total, inside: { js: packed(inside.js), css: packed(inside.css) }, moved, cookies, paths };
}

/** For how long the page does not answer a finger while it loads, in milliseconds. The least of several: the others were disturbed. */
async function blocking(browser, site) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { page, context } = await open(browser, site, narrow, { prepare: observe, slower: SLOWER });
    times.push(await page.evaluate(() => globalThis.blocked));
    await context.close();
  }
  return Math.min(...times);
}

/** What axe finds in all views: its rules, each with the most elements that any view has. */
async function violations(browser, site) {
  const found = new Map();
  for (const view of views) {
    const { page, context } = await open(browser, site, view, { reducedMotion: "reduce" });
    await page.evaluate(axe);
    for (const { id, impact, nodes } of await page.evaluate(async () => (await globalThis.axe.run()).violations)) {
      const elements = Math.max(found.get(id)?.elements ?? 0, nodes.length);
      found.set(id, { impact, elements, sample: nodes[0].html.slice(0, 160) });
    }
    await context.close();
  }
  return [...found].map(([rule, about]) => ({ rule, ...about }));
}

/** Whether the text of the last heading is there, and seen, without scripts; and how much of the text of the main part is. */
async function withoutScripts(browser, site) {
  const text = async (javaScriptEnabled) => {
    const { page, context } = await open(browser, site, wide, { javaScriptEnabled });
    const heading = page.locator("main h2, main h3").last();
    const answer = { last: await heading.innerText(), seen: await heading.isVisible(), text: (await page.locator("main").first().innerText()).replace(/\s+/g, " ") };
    await context.close();
    return answer;
  };
  const [without, all] = [await text(false), await text(true)];
  return { readable: without.seen && without.last === all.last, characters: without.text.length, of: all.text.length };
}

/** Everything about a page. */
export async function measure(browser, site) {
  return {
    narrow: await load(browser, site, narrow),
    wide: await load(browser, site, wide),
    blocking: await blocking(browser, site),
    violations: await violations(browser, site),
    withoutScripts: await withoutScripts(browser, site),
  };
}
