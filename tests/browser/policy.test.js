// The guide and the starter under the policy that they ask their hosts for: it forbids nothing that they do. Pages of all kinds are opened under it
// by pages.test.js.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder, headersFor, opened, pages, read, redirects, serve, urlOf } from "./guide.js";
import { patience } from "./look.js";
import { program } from "./program.js";

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const guide = opened();
const starter = mkdtempSync(join(tmpdir(), "sitegen-policy-"));
let started;

before(async () => {
  execFileSync(program, ["init", starter, "--template", "guide"], { stdio: "pipe" });
  execFileSync(program, ["build", "--root", starter], { stdio: "pipe" });
  started = await serve(join(starter, "public"));
});

after(() => {
  started?.stop();
  rmSync(starter, { recursive: true, force: true });
});

/** A tab that hears what a policy forbids and what the browser complains of. */
async function tab(options) {
  const context = await guide.chromium.browser.newContext(options);
  const forbidden = [];
  await context.exposeBinding("forbid", (_, what) => forbidden.push(what));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => globalThis.forbid(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
  });
  await context.addInitScript(patience);
  const page = await context.newPage();
  // A page that only leads on names no icon, so that browsers look for one where there is none.
  const isIcon = (message) => message.location().url.endsWith("/favicon.ico");
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !isIcon(message) && forbidden.push(message.text()));
  page.on("pageerror", (error) => forbidden.push(error.message));
  return { page, forbidden, close: () => context.close() };
}

/** Opens a page in a tab. */
async function visit({ page }, origin, url) {
  const response = await page.goto(origin + url, { waitUntil: "networkidle" });
  assert.equal(response.headers()["content-security-policy"], policy, url);
}

/** Opens a page in a tab of its own. */
async function open(origin, url, options) {
  const opened = await tab(options);
  await visit(opened, origin, url);
  return opened;
}

test("every file has the policy, and assets never change", () => {
  assert.equal(headersFor(folder, "/")["content-security-policy"], policy);
  const asset = headersFor(folder, "/assets/style.css");
  assert.deepEqual(asset, { ...headersFor(folder, "/"), "cache-control": "public, max-age=31536000, immutable" });
});

test("the policy is in force", async () => {
  const { page, close } = await open(guide.site.origin, "/");
  const forbidden = await page.evaluate(async () => {
    const next = () => new Promise((forbid) => addEventListener("securitypolicyviolation", forbid, { once: true }));
    const first = next();
    const script = Object.assign(document.createElement("script"), { textContent: "globalThis.ran = true" });
    document.body.append(script);
    const directives = [(await first).effectiveDirective];
    const second = next();
    document.body.setAttribute("style", "color: red");
    return [...directives, (await second).effectiveDirective, globalThis.ran];
  });
  assert.deepEqual(forbidden.slice(0, 2), ["script-src-elem", "style-src-attr"]);
  assert.ok(!forbidden[2], "the script has not run");
  await close();
});

test("a page that only leads on does nothing that is forbidden", async () => {
  const { forbidden, close } = await open(guide.site.origin, urlOf(pages.find(redirects)));
  assert.deepEqual(forbidden, []);
  await close();
});

test("no page of the guide holds scripts, styles or handlers", () => {
  for (const path of pages) {
    const html = read(path);
    const scripts = [...html.matchAll(/<script(?![^>]* (src=|type="application\/(ld\+)?json"))[^>]*>/g)];
    const tags = [...html.matchAll(/<[a-z][^<>]*\s(style|on[a-z]+)=[^<>]*>|<style/g)];
    assert.deepEqual([...scripts, ...tags].map(([found]) => found), [], path);
  }
});

test("the starter does nothing that is forbidden", async () => {
  const files = readdirSync(join(starter, "public"), { recursive: true }).filter((file) => file.endsWith(".html"));
  assert.ok(files.length > 10);
  const opened = await tab();
  for (const file of files) {
    await visit(opened, started.origin, urlOf(file));
    assert.deepEqual(opened.forbidden, [], file);
  }
  await opened.close();
});

test("the search finds, in its dialog and on its page", async () => {
  const { page, forbidden, close } = await open(guide.site.origin, "/");
  await page.locator(".search-open").click();
  await page.locator("dialog input").fill("bitemporal");
  await page.locator("dialog [role=option]").first().waitFor();
  await page.goto(`${guide.site.origin}/search/`);
  await page.locator("main input").fill("snowflake");
  await page.locator("#search-results a").first().waitFor();
  assert.deepEqual(forbidden, []);
  await close();
});

test("colours are switched and remembered", async () => {
  const { page, forbidden, close } = await open(guide.site.origin, "/");
  await page.locator(".theme-switch").click();
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.deepEqual(forbidden, []);
  await close();
});

test("code is copied and lists are filtered", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const { page, forbidden, close } = await open(guide.site.origin, "/problems/latest-order-status/", { permissions });
  await page.locator(".copy").first().click();
  await page.locator(".script-status", { hasText: "Copied" }).waitFor({ state: "attached" });
  await page.goto(`${guide.site.origin}/problems/`);
  await page.locator("[name=kind][value=sql]").check();
  await page.getByLabel("Sort by").selectOption("minutes");
  assert.match(await page.locator(".found").innerText(), /^\d+ of \d+$/);
  assert.deepEqual(forbidden, []);
  await close();
});
