// What tests ask of a page that is open in the browser.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Opens a page and gives what went wrong on the way. */
export async function open({ site, chromium }, url, options) {
  const context = await chromium.browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && problems.push(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => {
    const scheme = new URL(request.url()).protocol;
    if (!request.url().startsWith(site.origin) && !["data:", "blob:"].includes(scheme)) problems.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(site.origin + url, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
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
