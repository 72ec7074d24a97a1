// The search: what it finds for what people type, how fast, and how it is used.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { files, opened, read } from "./guide.js";
import { views } from "./browser.js";
import { typed } from "./typed.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const script = files.find((path) => /^assets\/search\.[0-9a-f]+\.js$/.test(path));
const { Titles, Texts, words } = await import(`data:text/javascript,${encodeURIComponent(read(script))}`);
const file = JSON.parse(read("search/titles.json"));
const titles = new Titles(file);
const texts = new Texts(titles, file.parts, async (part) => JSON.parse(read(`search/words-${part}.json`)));
const guide = opened();

const shown = (query) => titles.grouped(titles.find(query), 6).flatMap(({ results }) => results.map(({ url }) => url));

test("forty queries with mistakes", async (context) => {
  assert.equal(typed.length, 40);
  for (const [query, url] of typed) {
    await context.test(`"${query}" finds ${url}`, () => {
      assert.ok(files.includes(`${url.slice(1)}index.html`), "the page is there");
      assert.ok(shown(query).slice(0, 3).includes(url), shown(query).slice(0, 5).join("\n"));
    });
  }
});

test("every title finds its page", () => {
  const lost = titles.entries.filter(({ title, url }) => !shown(title).slice(0, 3).includes(url));
  assert.deepEqual(lost.map(({ title, url }) => `${title}: ${url}`), []);
});

test("texts are found by their words, also mistyped", async () => {
  for (const [query, url] of [["watermark lateness", "/rounds/streaming-design/"], ["deduplcation", "/companies/netflix/"], ["bitemporal", "/locations/new-york/"]]) {
    const found = (await texts.find(query)).slice(0, 6).map((entry) => entry.url);
    assert.ok(found.includes(url), `${query}: ${found.join(" ")}`);
  }
});

test("words are split as the build splits them", () => {
  assert.deepEqual(words("Don't panic, C3PO: São-Paulo!"), ["dont", "panic", "c3po", "sao", "paulo"]);
  assert.deepEqual(words("Straße ΟΔΟΣ οδός ﬁne"), ["strasse", "οδοσ", "οδοσ", "fine"]);
  assert.deepEqual(words("हिन्दी שָׁלוֹם"), ["हिन्दी", "שלום"]);
  assert.deepEqual(words("東京タワー AI版 字"), ["東京", "京タ", "タワ", "ワー", "ai", "版", "字"]);
});

test("ten thousand titles are searched within 50 ms", () => {
  const syllables = ["ka", "ro", "min", "tel", "os", "va", "dur", "li", "pen", "sha", "qui", "nor", "bex", "lu", "tam", "gri"];
  const word = (number) => [0, 4, 8, 12].map((shift) => syllables[(number >> shift) & 15]).join("");
  const made = Array.from({ length: 10_000 }, (_, at) => `${word(at * 5)} ${word(at * 7919)} guide to ${word(at * 104729)}`);
  const column = (list) => list.flatMap((text) => [0, text]);
  const family = { group: 0, titles: column(made), urls: column(made.map((_, at) => `/${at}/`)) };
  const large = new Titles({ groups: ["All"], names: [], families: [family] });
  const queries = made.filter((_, at) => at % 500 === 0).map((title) => `${title[1]}${title[0]}${title.slice(2, 24)}`);
  const times = queries.map((query) => {
    // Of the processor, since others may be at work as well.
    const started = process.cpuUsage();
    large.find(query);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  assert.ok(median < 50, `${median} ms in the middle, ${large.vocabulary.size} words`);
});

/** Opens a page; gives what it asks for of the search. */
async function open(url, options = {}) {
  const context = await guide.chromium.browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  const asked = [];
  const problems = [];
  page.on("request", (request) => /\/search(\.|\/)/.test(request.url()) && asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => problems.push(error.message));
  page.setDefaultTimeout(15_000);
  await page.goto(guide.site.origin + url, { waitUntil: "load" });
  return { page, asked, problems, close: () => context.close() };
}

const input = (page) => page.getByRole("combobox", { name: "Search the guide" });
const active = (page) => page.locator("[role=option][aria-selected=true]");

test("nothing of the search is loaded before it is used", async () => {
  const { page, asked, close } = await open("/companies/");
  assert.deepEqual(asked, []);
  await page.locator(".search-open").click();
  await input(page).waitFor();
  assert.ok(asked.some((path) => path.endsWith(".js")) && asked.includes("/search/titles.json"));
  assert.ok(!asked.some((path) => path.includes("words")), "texts wait for a query");
  await close();
});

test("the keyboard is enough", async () => {
  const { page, problems, close } = await open("/rounds/bar-raiser/");
  await page.locator(".search-open").focus();
  await page.keyboard.press("/");
  await input(page).waitFor();
  assert.ok(await input(page).evaluate((element) => element === document.activeElement), "the field has the focus");
  await page.keyboard.type("snowfalke");
  await page.getByRole("option").first().waitFor();
  assert.match(await page.locator("dialog [role=status]").innerText(), /^\d+ results?$/);
  assert.equal(await active(page).count(), 0);
  const options = await page.getByRole("option").evaluateAll((all) => all.map(({ id }) => id));
  const pointed = async (key) => {
    await page.keyboard.press(key);
    return input(page).getAttribute("aria-activedescendant");
  };
  assert.equal(await pointed("ArrowDown"), options[0]);
  assert.equal(await pointed("ArrowDown"), options[1]);
  assert.equal(await pointed("End"), await page.getByRole("option").last().getAttribute("id"));
  assert.equal(await pointed("ArrowDown"), options[0]);
  assert.equal(await pointed("ArrowUp"), await page.getByRole("option").last().getAttribute("id"));
  assert.equal(await pointed("Home"), options[0]);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "hidden" });
  assert.ok(await page.locator(".search-open").evaluate((element) => element === document.activeElement), "the focus returns");
  await page.keyboard.press("Control+k");
  await input(page).fill("netflix");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/companies/netflix/");
  assert.deepEqual(problems, []);
  await close();
});

test("results stand in groups, and texts say where the words are", async () => {
  const { page, close } = await open("/");
  await page.keyboard.press("/");
  await input(page).fill("bitemporal");
  const note = page.locator(".search-note", { hasText: /bitemporal/i }).first();
  await note.waitFor();
  assert.equal(await page.getByRole("group").first().locator("h2").innerText(), "In the text");
  await input(page).fill("snowflake");
  await page.getByRole("group", { name: "Companies" }).waitFor();
  await page.getByRole("group", { name: "Technologies" }).waitFor();
  await close();
});

test("the search has a page by its URL", async () => {
  const { page, problems, close } = await open("/search/?q=kakfa");
  const result = page.locator(".search-results a[href='/technologies/apache-kafka/']").first();
  await result.waitFor();
  assert.equal(await page.locator("main input").inputValue(), "kakfa");
  await page.locator("main input").fill("redshift nothing qqqqqq");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /q=redshift/);
  await page.keyboard.press("Control+k");
  assert.equal(await page.locator("dialog").count(), 0, "the page is the search");
  assert.deepEqual(problems, []);
  await close();
});

test("without a script the search page leads to lists", async () => {
  const { page, close } = await open("/search/", { javaScriptEnabled: false });
  assert.ok(await page.getByText("needs JavaScript").isVisible());
  assert.ok(await page.locator("main a[href='/companies/']").first().isVisible());
  await close();
});

for (const view of views) {
  test(`the search is accessible, ${view.name}`, async () => {
    const { page, close } = await open("/companies/amazon/", view);
    await page.locator(".search-open").click();
    await input(page).fill("amazon");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    const { right, width } = await page.locator("dialog").evaluate((dialog) => ({ right: dialog.getBoundingClientRect().right, width: innerWidth }));
    assert.ok(right <= width, "it fits the screen");
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => (await globalThis.axe.run()).violations);
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ html }) => html).join("\n")}`), []);
    await close();
  });
}
