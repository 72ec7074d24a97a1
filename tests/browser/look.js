// What tests ask of a page that is open in the browser.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { views } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A tab that looks in some way, and hears what goes wrong. */
async function made({ site, chromium }, options) {
  const context = await chromium.browser.newContext(options);
  const page = await context.newPage();
  const tab = { page, problems: [] };
  const hear = (problem) => tab.problems.push(problem);
  page.on("console", (message) => message.type() === "error" && hear(`console: ${message.text()}`));
  page.on("pageerror", (error) => hear(`error: ${error.message}`));
  page.on("requestfailed", (request) => hear(`failed: ${request.url()}`));
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
  return { page: tab.page, problems, close: () => tab.page.goto("about:blank") };
}

/** A page in a context of its own, without motion. */
export async function visit({ site, chromium }, url, { prepare, ...options } = {}) {
  const context = await chromium.browser.newContext({ ...views[0], reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(site.origin + url, { waitUntil: "load" });
  return { page, context, close: () => context.close() };
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

/** What axe says against a page. */
export async function violations(page) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
}
