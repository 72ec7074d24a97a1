// What tests ask of a page that is open in the browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE, views } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A tab that looks in some way, and hears what goes wrong. */
async function made({ site, chromium }, options) {
  const context = await chromium.browser.newContext(options);
  const page = await context.newPage();
  const tab = { page, problems: [] };
  const hear = (problem) => tab.problems.push(problem);
  page.on("console", (message) => message.type() === "error" && hear(`console: ${message.text()}`));
  page.on("pageerror", (error) => hear(`error: ${error.message}`));
  // Chromium aborts what a page still asks for when one leaves it, which is no problem of the next page.
  page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && hear(`failed: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && hear(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => {
    const scheme = new URL(request.url()).protocol;
    if (!request.url().startsWith(site.origin) && !["data:", "blob:"].includes(scheme)) hear(`elsewhere: ${request.url()}`);
  });
  return tab;
}

/** Opens a page and gives what went wrong on the way. Pages follow one another in a tab, since Chromium takes longer to make one than to show most. */
export async function open(opened, url, options) {
  const tabs = (opened.tabs ??= new Map());
  const way = JSON.stringify(options);
  if (!tabs.has(way)) tabs.set(way, await made(opened, options));
  const tab = tabs.get(way);
  const problems = (tab.problems = []);
  await tab.page.goto(opened.site.origin + url, { waitUntil: "load" });
  await lettered(tab.page);
  return { page: tab.page, problems, close: () => tab.page.goto("about:blank") };
}

/** A page in a context of its own, without motion. The scripts of one that is `patient` give nothing up, however slow the machine. */
export async function visit({ site, chromium }, url, { prepare, patient, ...options } = {}) {
  const context = await chromium.browser.newContext({ ...views[0], reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  if (patient) await page.addInitScript(patience);
  await page.goto(site.origin + url, { waitUntil: "load" });
  await lettered(page);
  return { page, context, close: () => context.close() };
}

/** Waits until the fonts of a page are there, without which texts have other sizes. */
export function lettered(page) {
  return page.evaluate(() => document.fonts.ready.then(() => {}));
}

/** For a page before it is opened: what its scripts would do after a second or more, such as stop a program, they never do. */
export function patience() {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (act, delay, ...values) => (delay >= 1000 ? 0 : setTimeout(act, delay, ...values));
}

/**
 * Does what leads to another document, and waits until that one is loaded. Playwright's click returns as soon as the address has changed, when the
 * new document may lack its text, its style sheets and its scripts; a key press returns even before.
 */
export async function follow(page, act) {
  await Promise.all([page.waitForEvent("load"), act()]);
  await lettered(page);
}

/** Repeats an assertion about what comes later, such as after a fetch, until it holds. */
export async function eventually(assertion) {
  for (const end = Date.now() + PATIENCE; ; await pause(50)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/**
 * Chooses a value further down in the list that has the focus, by the keyboard, on a page whose address says what is chosen. The arrow is pressed,
 * since a list forgets the letters that were typed after a second, which is too short for a slow machine; each press waits for the page to
 * take in the one before.
 */
export async function choose(page, value) {
  const below = await page.evaluate(() => [...document.activeElement.options].slice(document.activeElement.selectedIndex + 1).map(({ value }) => value));
  assert.ok(below.includes(value), `${value} is none of ${below}`);
  for (const next of below.slice(0, below.indexOf(value) + 1)) {
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((next) => document.activeElement.value === next && location.search.includes(next), next);
  }
}

/** Gives a page a screen of another size, and waits until it has that. */
export async function resize(page, { width, height }) {
  await page.setViewportSize({ width, height });
  await page.waitForFunction((width) => innerWidth === width, width);
}

/** By how much a page is wider than the screen, and its elements that are, unless they scroll. */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const inside = (element) => element.parentElement?.closest("pre, .table, [role=region], [tabindex]");
    const wide = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !inside(element))
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`);
    return { width: document.documentElement.scrollWidth - width, wide };
  });
}

/** Waits until a frame is drawn: before it, scripts that watch the sizes of elements have not acted. */
export function drawn(page) {
  return page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** What axe says against a page. In dark colors only contrasts are looked at, since all else is the same in light ones. */
export async function violations(page) {
  await drawn(page);
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const found = await globalThis.axe.run({ resultTypes: ["violations"], ...(isDark && { runOnly: ["color-contrast"] }) });
    return found.violations;
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
}
