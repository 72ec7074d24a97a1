// The search: what it finds for what people type, how fast, and how it is used.

import test from "node:test";
import assert from "node:assert/strict";
import { files, opened, read } from "./guide.js";
import { views } from "./browser.js";
import { eventually, follow, violations } from "./look.js";
import { asked, typed } from "./typed.js";

const asset = (name) => files.find((path) => new RegExp(`^assets/${name}\\.[0-9a-f]+\\.js$`).test(path));
const module = (name) => import(`data:text/javascript,${encodeURIComponent(read(asset(name)))}`);
const tools = await module("search");
const { Texts } = await module("search-texts");
const { Titles, spans, words } = tools;
const titles = new Titles(JSON.parse(read("search/titles.json")));
const texts = new Texts(titles, async (name) => JSON.parse(read(`search/${name}.json`)), tools);
const guide = opened();

/** The URLs that the dialog shows for a query. */
async function shown(query) {
  await texts.load(query);
  return titles.grouped(texts.find(query).results, 6, 24).flatMap(({ results }) => results.map(({ url }) => url));
}

for (const [kind, queries] of [["with mistakes", typed], ["of other kinds", asked]]) {
  test(`forty queries ${kind}`, async (context) => {
    assert.equal(queries.length, 40);
    for (const [query, url] of queries) {
      await context.test(`"${query}" finds ${url}`, async () => {
        assert.ok(files.includes(`${url.slice(1)}index.html`), "the page is there");
        const found = await shown(query);
        assert.ok(found.slice(0, 3).includes(url), found.slice(0, 5).join("\n"));
      });
    }
  });
}

test("every title finds its page", async () => {
  const lost = [];
  for (const { title, url } of titles.entries) if (!(await shown(title)).slice(0, 3).includes(url)) lost.push(`${title}: ${url}`);
  assert.deepEqual(lost, []);
});

test("texts are found by their words, also mistyped", async () => {
  for (const [query, url] of [["watermark lateness", "/rounds/streaming-design/"], ["deduplcation", "/problems/content-engagement-data-model/"], ["bitemporal", "/locations/new-york/"]]) {
    const found = (await shown(query)).slice(0, 6);
    assert.ok(found.includes(url), `${query}: ${found.join(" ")}`);
  }
});

const column = (list) => list.flatMap((text) => [0, text]);

/** A search over pages that are made: a title, other names, and words of a text each. */
async function made(pages, file = {}, headings = []) {
  const names = pages.flatMap(({ names = [] }) => (names.length > 0 ? [names.join("\n")] : []));
  const numbers = pages.map(({ names: own }) => (own ? [names.indexOf(own.join("\n"))] : []));
  const family = { group: 0, text: 1, titles: column(pages.map(({ title }) => title)), urls: column(pages.map((_, at) => `/${at}/`)), names: numbers };
  const part = {};
  pages.forEach(({ title, text = "" }, at) => {
    for (const word of new Set(words(`${title} ${text}`))) (part[word] ??= []).push(at);
  });
  for (const [word, list] of Object.entries(part)) part[word] = list.map((number, at) => 4 * (number - (list[at - 1] ?? 0)));
  const all = new Titles({ version: "", parts: 1, groups: ["All"], names, families: [family], ...file });
  const found = new Texts(all, async (name) => (name === "headings" ? { version: "", families: [{ headings }] } : part), tools);
  return async (query) => {
    await found.load(query);
    return found.find(query);
  };
}

const titled = ({ results }) => results.map(({ title }) => title);

test("the same word comes before one that begins so, and both before mistakes", async () => {
  const find = await made([{ title: "Javascript" }, { title: "Java" }, { title: "Lava" }]);
  assert.deepEqual(titled(await find("java")), ["Java", "Javascript"]);
  assert.deepEqual(titled(await find("javas")), ["Javascript"]);
  assert.deepEqual(titled(await find("jaba")), ["Java", "Javascript"]);
});

test("titles come before other names, and these before texts, for each way to be like what was typed", async () => {
  const find = await made([
    { title: "Begins in the text", text: "ctes" },
    { title: "In the text", text: "cte" },
    { title: "CTEs" },
    { title: "Other name", names: ["CTE"] },
    { title: "Begins a name", names: ["Ctest"] },
    { title: "A CTE" },
    { title: "Cue" },
    { title: "CTE" },
  ]);
  assert.deepEqual(titled(await find("cte")), ["CTE", "A CTE", "Other name", "In the text", "CTEs", "Begins a name", "Begins in the text"]);
});

test("mistakes are thought of where nothing is found anywhere", async () => {
  const find = await made([{ title: "Case" }, { title: "Queries", text: "cte" }]);
  assert.deepEqual(titled(await find("cte")), ["Queries"]);
  assert.deepEqual(titled(await find("csae")), ["Case"]);
});

test("the whole title as it was typed is the first of all", async () => {
  const find = await made([{ title: "C", text: "c c c" }, { title: "C#" }, { title: "C++" }, { title: "Resume" }, { title: "Résumé" }]);
  assert.equal(titled(await find("c++"))[0], "C++");
  assert.equal(titled(await find("c"))[0], "C");
  assert.equal(titled(await find("résumé"))[0], "Résumé");
});

test("all words come before some, and a word that is nowhere is left out", async () => {
  const find = await made([{ title: "SQL" }, { title: "Joins", text: "sql" }, { title: "Joins of streams" }]);
  assert.deepEqual(titled(await find("sql joins")), ["Joins", "SQL", "Joins of streams"]);
  assert.deepEqual(titled(await find("joins sql")), titled(await find("sql joins")));
  const { left, all, results } = await find("xyzzy sql");
  assert.deepEqual([left, all, results[0].title], [["xyzzy"], true, "SQL"]);
  assert.equal((await find("sql streams")).all, false);
  assert.deepEqual(titled(await find("xyzzy")), []);
});

test("where no page has all words of a sentence, a title that says most of it comes before a text that has some of each", async () => {
  const others = ["Juniors", "Seniors", "Staff", "Offers", "Rounds"].map((title) => ({ title, text: "three weeks" }));
  const find = await made([{ title: "Amazon", text: "boston three weeks" }, { title: "Amazon in Boston" }, { title: "Tomorrow" }, ...others]);
  assert.deepEqual(titled(await find("amazon boston three weeks tomorrow")).slice(0, 2), ["Amazon in Boston", "Amazon"]);
});

test("equals stand by the length of their titles, then in the order of the page's language", async () => {
  const find = await made([{ title: "Kafka in practice" }, { title: "Kafka z" }, { title: "Kafka ä" }]);
  assert.deepEqual(titled(await find("kafka")), ["Kafka ä", "Kafka z", "Kafka in practice"]);
});

test("synonyms find what they mean, in both directions, after the word itself", async () => {
  const pages = [{ title: "Kubernetes" }, { title: "K8s" }, { title: "Queries", text: "a common table expression" }];
  const find = await made(pages, { synonyms: ["k8s\nkubernetes", "CTE\ncommon table expression"] });
  assert.deepEqual(titled(await find("k8s")), ["K8s", "Kubernetes"]);
  assert.deepEqual(titled(await find("kubernetes")), ["Kubernetes", "K8s"]);
  assert.deepEqual(titled(await find("cte")), ["Queries"]);
});

test("headings of templates are found, with their places where these are certain", async () => {
  const pages = [{ title: "A" }, { title: "B" }];
  const find = await made(pages, {}, [["pay", "compensation"], ["plan", "plan", [1]]]);
  const titles = new Titles({ version: "", parts: 0, groups: ["All"], names: [], families: [] });
  const id = (found, at) => titles.reasons(found.results[at], found).id;
  const all = await find("compensation");
  assert.deepEqual([titled(all), id(all, 0), id(all, 1)], [["A", "B"], "pay", "pay"]);
  const one = await find("plan");
  assert.deepEqual([titled(one), id(one, 0)], [["B"], "plan"]);
});

test("scripts without spaces and with accents are found and marked", async () => {
  const find = await made([{ title: "東京タワー" }, { title: "Café Münster" }, { title: "Москва" }, { title: "हिन्दी" }]);
  const marked = async (query) => {
    const { results, mark } = await find(query);
    return results.map(({ title }) => spans(title, mark).map(([start, end]) => title.slice(start, end)).join("|"));
  };
  assert.deepEqual(await marked("京タ"), ["京タ"]);
  assert.deepEqual(await marked("cafe MUNST"), ["Café|Münst"]);
  assert.deepEqual(await marked("моск"), ["Моск"]);
  assert.deepEqual(await marked("हिन्दी"), ["हिन्दी"]);
  assert.deepEqual(await marked("munstre"), ["Münster"]);
});

test("words are split as the build splits them", () => {
  assert.deepEqual(words("Don't panic, C3PO: São-Paulo!"), ["dont", "panic", "c3po", "sao", "paulo"]);
  assert.deepEqual(words("Straße ΟΔΟΣ οδός ﬁne"), ["strasse", "οδοσ", "οδοσ", "fine"]);
  assert.deepEqual(words("हिन्दी שָׁלוֹם"), ["हिन्दी", "שלום"]);
  assert.deepEqual(words("東京タワー AI版 字"), ["東京", "京タ", "タワ", "ワー", "ai", "版", "字"]);
});

/** Milliseconds of the processor that some work takes, since others may be at work as well. */
function took(work) {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

test("ten thousand titles are searched about as fast as they are sorted", async () => {
  const syllables = ["ka", "ro", "min", "tel", "os", "va", "dur", "li", "pen", "sha", "qui", "nor", "bex", "lu", "tam", "gri"];
  const word = (number) => [0, 4, 8, 12].map((shift) => syllables[(number >> shift) & 15]).join("");
  const made = Array.from({ length: 10_000 }, (_, at) => `${word(at * 5)} ${word(at * 7919)} guide to ${word(at * 104729)}`);
  const family = { group: 0, titles: column(made), urls: column(made.map((_, at) => `/${at}/`)) };
  const large = new Titles({ version: "", parts: 0, groups: ["All"], names: [], families: [family] });
  const found = new Texts(large, async () => ({ version: "", families: [{ headings: [] }] }), tools);
  const queries = made.filter((_, at) => at % 500 === 0).map((title) => `${title[1]}${title[0]}${title.slice(2, 24)}`);
  await found.load(queries[0]);
  const { compare } = new Intl.Collator("en", { numeric: true });
  // A machine may be slow, and be slower for moments, so each search is measured beside a sorting, which takes a good machine 40 ms.
  const ratios = queries.map((query) => took(() => found.find(query)) / took(() => made.toSorted(compare)));
  const quarter = ratios.sort((a, b) => a - b)[ratios.length >> 2];
  assert.ok(quarter < 1.5, `${quarter} times as long in the quickest quarter, ${large.vocabulary.size} words`);
});

/** Opens a page; gives what it asks for of the search. */
async function open(url, options = {}) {
  const context = await guide.chromium.browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  const asked = [];
  const problems = [];
  page.on("request", (request) => /\/search(\.|\/)/.test(request.url()) && asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(guide.site.origin + url, { waitUntil: "load" });
  return { page, asked, problems, close: () => context.close() };
}

const input = (page) => page.getByRole("combobox", { name: "Search the guide" });
/** Waits until all is found for what stands in the field, which is said last. */
const found = (page) => page.locator("dialog [role=status]", { hasText: /^\d+ results?$/ }).waitFor();
const active = (page) => page.locator("[role=option][aria-selected=true]");

test("nothing of the search is loaded before it is used", async () => {
  const { page, asked, close } = await open("/companies/");
  assert.deepEqual(asked, []);
  await page.locator(".search-open").click();
  await eventually(() => assert.ok(asked.some((path) => path.endsWith(".js")) && asked.includes("/search/titles.json"), asked.join()));
  assert.ok(!asked.some((path) => path.includes("words")), "texts wait for a query");
  await close();
});

test("the keyboard is enough", async () => {
  const { page, problems, close } = await open("/rounds/bar-raiser/");
  await page.locator(".search-open").focus();
  await page.keyboard.press("/");
  await input(page).waitFor();
  await page.waitForFunction(() => document.activeElement.role === "combobox");
  // All at once, since what is found for the first letters is said, too.
  await page.keyboard.insertText("snowfalke");
  await found(page);
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
  await page.waitForFunction(() => document.activeElement.matches(".search-open"));
  await page.keyboard.press("Control+k");
  await input(page).fill("netflix");
  await eventually(async () => assert.equal(await page.getByRole("option").first().getAttribute("href"), "/companies/netflix/"));
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/companies/netflix/");
  assert.deepEqual(problems, []);
  await close();
});

test("results stand in groups, and say where the words are in their texts", async () => {
  const { page, close } = await open("/");
  await page.keyboard.press("/");
  await input(page).fill("bitemporal");
  const note = page.locator(".search-note", { hasText: /bitemporal/i }).first();
  await note.waitFor();
  assert.match(await note.locator("mark").first().innerText(), /^bitemporal$/i);
  assert.ok(!(await page.locator(".search-note").allInnerTexts()).some((text) => text.includes("Home")), "no breadcrumbs");
  await input(page).fill("snowflake");
  await page.getByRole("group", { name: "Companies" }).waitFor();
  await page.getByRole("group", { name: "Technologies" }).waitFor();
  await eventually(async () => assert.equal(await page.locator(".search-title mark").first().innerText(), "Snowflake"));
  await close();
});

test("a heading that a template makes is found, and its place", async () => {
  const { page, problems, close } = await open("/");
  await page.keyboard.press("/");
  await input(page).fill("amazon compensation");
  const result = page.locator("[role=option][href='/companies/amazon/data-engineer/#compensation']");
  await result.waitFor();
  await follow(page, () => result.click());
  assert.equal(await page.evaluate(() => location.pathname + location.hash), "/companies/amazon/data-engineer/#compensation");
  assert.ok(await page.locator("#compensation").count());
  assert.deepEqual(problems, []);
  await close();
});

test("what is left out is said, and other names are shown", async () => {
  const { page, close } = await open("/");
  await page.keyboard.press("/");
  const status = page.locator("dialog [role=status]");
  await input(page).fill("facebook xyzzyx");
  await page.locator(".search-note mark", { hasText: "Facebook" }).first().waitFor();
  await page.waitForFunction(() => document.querySelector("dialog [role=status]").textContent.includes("xyzzyx"));
  assert.match(await status.innerText(), /^Nothing has “xyzzyx”; \d+ results for “facebook”$/);
  await input(page).fill("<img src=x onerror=alert(1)>qqqq");
  await page.waitForFunction(() => document.querySelector("dialog [role=status]").textContent.includes("qqqq"));
  assert.equal(await page.locator("dialog img").count(), 0);
  await close();
});

test("the search has a page by its URL", async () => {
  const { page, problems, close } = await open("/search/?q=kakfa");
  const result = page.locator(".search-results a[href='/technologies/apache-kafka/']").first();
  await result.waitFor();
  assert.equal(await page.locator("main input").inputValue(), "kakfa");
  await page.locator("main input").fill("redshift nothing qqqqqq");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.search.includes("q=redshift"));
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
    await found(page);
    await page.keyboard.press("ArrowDown");
    const { right, width } = await page.locator("dialog").evaluate((dialog) => ({ right: dialog.getBoundingClientRect().right, width: innerWidth }));
    assert.ok(right <= width, "it fits the screen");
    assert.deepEqual(await violations(page), []);
    await close();
  });
}
