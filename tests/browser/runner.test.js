// Problems that run in the page: solved, failed, stopped, offline and by keyboard alone, under the site's policy.

import test, { after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { files, folder, opened, read } from "./guide.js";
import { overflow, patience, resize, violations } from "./look.js";

const sql = "/problems/latest-order-status/";
const python = "/problems/type-caster/";

/** In bytes, as they are sent. */
const SCRIPT = 8 << 10;
const SQL = 420_000;
const PYTHON = 6_000_000;

const guide = opened();
const forbidden = [];

/**
 * Opens a page in a context of its own, with nothing kept and nothing cached; with a clock that only a test winds on, if it asks for one, and
 * else without an end of its patience.
 */
async function open(url, { winds, ...options } = {}) {
  const context = await guide.chromium.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  await context.exposeBinding("forbid", (_, what) => forbidden.push(what));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => globalThis.forbid(`${event.effectiveDirective}: ${event.blockedURI}`));
  });
  const page = await context.newPage();
  await (winds ? page.clock.install() : page.addInitScript(patience));
  page.on("pageerror", (error) => forbidden.push(error.message));
  const response = await page.goto(guide.site.origin + url);
  assert.match(response.headers()["content-security-policy"], /worker-src blob:/);
  if (winds) await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  return { page, context, close: () => context.close() };
}

/** Writes a program over what is in the editor. */
async function write(page, program) {
  await page.locator(".desk textarea").fill(program);
}

/** Runs what is in the editor; gives what is said of it. */
async function run(page) {
  await page.locator(".desk-said").evaluate((said) => (said.textContent = ""));
  await page.locator(".run").click();
  return concluded(page);
}

async function concluded(page) {
  const said = page.locator(".desk-said", { hasText: /\.(\s|$)/ });
  await said.waitFor();
  // Behind what came of the cases stands what comes next, once they all pass.
  return (await said.innerText()).split(/(?<=\.)\s+Next: /)[0];
}

const lineAtFault = async (page) => (await page.locator(".gutter .at-fault").innerText()).trim();
const engines = () => guide.site.asked.filter((path) => path.includes("/engines/"));
const solution = (page, number = 0) => page.locator(".solution code").nth(number).evaluate((code) => code.textContent);
const endless = {
  [sql]: "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c",
  [python]: "def cast_all(values):\n    while True:\n        pass\n",
};

after(() => assert.deepEqual(forbidden, [], "the policy forbade nothing, and no script failed"));

test("nothing but the page's own scripts is loaded before the first run", async () => {
  const { page, close } = await open("/problems/price-on-the-day/");
  await page.waitForLoadState("networkidle");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.replace(/\.[^./]+\./, ".")));
  assert.deepEqual(loaded.filter((path) => path.endsWith(".js")).sort(), ["next.js", "practice-store.js", "practice.js", "site.js", "theme.js"].map((name) => `/assets/${name}`));
  assert.deepEqual(loaded.filter((path) => path.includes("engines")), []);
  assert.match(await page.locator(".loads").innerText(), /^loads 0\.4 MB once$/);
  await close();
});

test("what is wrong is shown beside what is right, and the first difference marked", async () => {
  const { page, close } = await open(sql);
  assert.equal(await run(page), "2 of 6 cases pass.");
  const verdicts = await page.locator(".results .verdict").allInnerTexts();
  assert.deepEqual(verdicts, ["Fails", "Fails", "Fails", "Passes", "Passes", "Fails"]);
  const first = page.locator(".results .case").first();
  assert.equal(await first.locator(".compared table").count(), 2);
  assert.match(await first.locator(".why").innerText(), /6 rows instead of 3/);
  assert.match(await first.locator(".differs mark").first().innerText(), /^501/);
  await write(page, "SELECT order_id,\n  stats\nFROM order_events");
  assert.equal(await run(page), "0 of 6 cases pass.");
  assert.match(await page.locator(".results .why").first().innerText(), /^Line 2 no such column: stats/);
  assert.equal(await lineAtFault(page), "2");
  await page.locator(".browse summary").click();
  await page.locator(".tables tbody tr").nth(5).waitFor();
  await page.locator(".browse select").selectOption({ label: "no events" });
  await page.locator(".tables .note").waitFor();
  await page.locator(".wrong summary").first().click();
  await page.locator(".wrong .try button").first().click();
  await page.locator(".wrong .results .fail").waitFor();
  assert.equal(await page.locator(".wrong .try [role=status]").first().innerText(), "Fails 3 of 6 cases");
  assert.match(await page.locator(".desk textarea").inputValue(), /stats/, "the reader's program is still there");
  await resize(page, { width: 360, height: 740 });
  assert.equal((await overflow(page)).width, 0);
  const [numbers, text] = await page.locator(".gutter, .desk textarea").evaluateAll((both) => both.map((one) => getComputedStyle(one).paddingTop));
  assert.equal(numbers, text, "numbers stand beside their lines");
  assert.deepEqual(await violations(page), []);
  await close();
});

test("a problem is solved by the keyboard alone, and remembered", async () => {
  const { page, close } = await open(sql);
  const program = await solution(page, 1);
  const field = page.locator(".desk textarea");
  await field.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(program);
  await page.keyboard.press("Control+Enter");
  assert.equal(await concluded(page), "All 6 cases pass.");
  await page.keyboard.press("Tab");
  assert.match(await field.inputValue(), / {2}$/, "Tab indents");
  await page.keyboard.press("Control+Z");
  assert.equal((await field.inputValue()).trimEnd(), program.trimEnd(), "and can be undone");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "run", "Esc, then Tab, leaves");
  await page.reload();
  assert.equal((await field.inputValue()).trimEnd(), program.trimEnd(), "the draft is kept");
  await page.keyboard.press("Escape");
  await page.locator(".reset").focus();
  await page.keyboard.press("Enter");
  assert.match(await field.inputValue(), /^SELECT order_id, status, MAX/);
  await page.goto(`${guide.site.origin}/problems/`);
  const item = page.locator(".problems li", { has: page.locator(`a[href$="${sql}"]`) });
  assert.equal(await item.locator(".solved").innerText(), "Solved");
  assert.match(await page.locator(".progress .count").innerText(), /^1 of \d+ solved\.$/);
  await close();
});

test("progress is exported, cleared and imported, and nothing else is taken for it", async () => {
  const { page, close } = await open("/problems/");
  await page.evaluate(() => localStorage.setItem("practice:type-caster", JSON.stringify({ version: 1, solved: "2026-11-26", draft: "pass" })));
  await page.reload();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".export").click()]);
  const exported = readFileSync(await download.path(), "utf8");
  for (const _ of [1, 2]) await page.locator(".progress .clear").click();
  assert.match(await page.locator(".progress .count").innerText(), /^0 of/);
  const take = (text) => page.locator(".progress input").setInputFiles({ name: "practice.json", mimeType: "application/json", buffer: Buffer.from(text) });
  for (const text of ["{", '{"practice":{"type-caster":{"version":2}}}', '{"practice":{"../x":{"version":1}}}']) {
    await page.locator(".progress [role=status]").evaluate((said) => (said.textContent = ""));
    await take(text);
    await page.getByText("holds no progress").waitFor();
  }
  await take(exported);
  await page.getByText("Your progress was imported.").waitFor();
  assert.match(await page.locator(".progress .count").innerText(), /^1 of/);
  await close();
});

test("Python shows its line, what it printed and the first difference", async () => {
  const { page, close } = await open(python);
  assert.equal(await run(page), "2 of 6 cases pass.");
  assert.match(await page.locator(".results .why").first().innerText(), /^Line 2 ValueError: invalid literal/);
  assert.equal(await lineAtFault(page), "2");
  await write(page, "def cast_all(values):\n    print('casting', len(values))\n    return [1, None, 0, 3]\n");
  await run(page);
  const first = page.locator(".results .case").first();
  assert.match(await first.innerText(), /Printed\s+casting 4/);
  assert.deepEqual((await first.locator("mark").allInnerTexts()).slice(0, 2), ["None", "0"]);
  assert.deepEqual(await violations(page), []);
  await close();
});

test("a problem is solved on a company's page, where its prompt stands", async () => {
  const { page, close } = await open("/companies/amazon/data-engineer/");
  await page.locator(".task[open] .solve").click();
  await page.locator(".desk .run").waitFor();
  assert.match(await run(page), /cases pass\.$/);
  assert.deepEqual(await violations(page), []);
  await close();
});

test("without scripts, the code to begin with and the cases are there, and no button", async () => {
  const { page, close } = await open(sql, { javaScriptEnabled: false });
  const desk = page.locator(".desk");
  assert.ok(await desk.locator(".starter pre > code").isVisible());
  assert.equal(await desk.locator(".given details").count(), 6);
  assert.equal(await page.locator("main button:visible, main textarea:visible").count(), 0);
  assert.equal(await page.locator(".hints > li:visible").count(), 3);
  await close();
});

test("scripts and engines are small", () => {
  const script = files.filter((path) => /^assets\/practice[\w-]*\..*js$/.test(path)).reduce((sum, path) => sum + brotliCompressSync(read(path)).length, 0);
  assert.ok(script > 0 && script <= SCRIPT, `${script} bytes of scripts`);
  for (const [language, most] of [["sql", SQL], ["python", PYTHON]]) {
    const sent = files.filter((path) => path.startsWith(`assets/engines/${language}-`) && !/notices|engine\.toml/.test(path)).map((path) => readFileSync(join(folder, path)));
    const size = sent.reduce((sum, bytes) => sum + (bytes[0] === 0x1f ? bytes.length : gzipSync(bytes).length), 0);
    assert.ok(size > 0 && size <= most, `${size} bytes of ${language}`);
  }
});

for (const url of [sql, python]) {
  test(`an endless loop is stopped, and the next run needs no network, ${url}`, async () => {
    const { page, context, close } = await open(url, { winds: true });
    await run(page);
    const asked = engines().length;
    await context.setOffline(true);
    await write(page, endless[url]);
    await page.locator(".run").click();
    await page.locator(".desk-said", { hasText: "Running…" }).waitFor();
    await page.clock.runFor(300);
    await page.locator(".run", { hasText: "Stop" }).waitFor();
    await page.clock.fastForward(4000);
    assert.equal(await page.locator(".desk-said").innerText(), "Running…");
    await page.clock.fastForward(1000);
    assert.equal(await concluded(page), "Stopped after 5 seconds. 0 of 6 cases pass.");
    assert.deepEqual((await page.locator(".results .verdict").allInnerTexts()).slice(0, 2), ["Stopped after 5 seconds", "Not run"]);
    await write(page, await solution(page));
    assert.equal(await run(page), "All 6 cases pass.");
    assert.equal(engines().length, asked);
    await close();
  });
}

test("a run is stopped by the button that began it", async () => {
  const { page, close } = await open(sql, { winds: true });
  await write(page, endless[sql]);
  await page.locator(".run").click();
  await page.locator(".desk-said", { hasText: "Running…" }).waitFor();
  await page.clock.runFor(300);
  await page.locator(".run", { hasText: "Stop" }).click();
  assert.equal(await concluded(page), "Stopped. 0 of 6 cases pass.");
  await close();
});
