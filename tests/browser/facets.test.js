// What readers choose of long lists: by facets, from the keyboard, kept in the address; and the lists without scripts.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, read } from "./guide.js";
import { views } from "./browser.js";
import { eventually, follow, visit } from "./look.js";

const guide = opened();
const windows = "sql-window-functions";

/** Opens a list, and waits until it knows what was solved here, which it asks for once its scripts are there. */
async function open(url, options) {
  const opened = await visit(guide, url, options);
  if (url.startsWith("/problems/") && options?.javaScriptEnabled !== false) await marked(opened.page);
  return opened;
}

const marked = (page) => page.locator("main [data-solved]").first().waitFor({ state: "attached" });

/** What a page's list holds, from its HTML: a record of the attributes of each item. */
function listed(path) {
  const items = read(path).match(/<li [^>]*data-slug="[^>]*>/g);
  return items.map((item) => Object.fromEntries([...item.matchAll(/data-([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])));
}

/** The slugs of the items that have a value of a facet of the list's file. */
function having(list, facet, value) {
  const { items, facets } = JSON.parse(read(`${list}/facets.json`));
  const [, , numbers] = facets[facet].find(([slug]) => slug === value);
  return new Set(numbers.map((number) => items[number]));
}

const shown = (page) => page.locator("main [data-name]:visible").evaluateAll((items) => items.map((item) => item.dataset.slug));
const query = (page) => page.evaluate(() => location.search);
const marks = (page) => page.locator(".chosen button").allInnerTexts();
const facet = (page, name) => page.locator(`.facet[data-facet="${name}"]`);
const counts = (page, name) => facet(page, name).locator("label").evaluateAll((labels) => labels.map((label) => [label.querySelector("input").value, Number(label.querySelector("small").textContent), label.classList.contains("none")]));

/** Moves the focus on by the keyboard until it is on what fits. */
async function tabTo(page, selector) {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

test("all problems on SQL windows that Stripe might ask, by the keyboard", async () => {
  const { page, close } = await open("/problems/");
  const every = await shown(page);
  const stripe = having("problems", "company", "stripe");
  const expected = listed("problems/index.html").filter(({ slug, skill }) => stripe.has(slug) && skill.split(" ").includes(windows)).map(({ slug }) => slug);
  assert.ok(expected.length > 2 && expected.length < every.length);

  await tabTo(page, `[name=skill][value=${windows}]`);
  await page.keyboard.press("Space");
  assert.equal(await query(page), `?skill=${windows}`);
  await tabTo(page, "[data-facet=company] summary");
  await page.keyboard.press("Enter");
  await page.locator("[name=company]").first().waitFor();
  await tabTo(page, "[data-facet=company] .narrow");
  await page.keyboard.type("stri");
  await tabTo(page, "[name=company][value=stripe]");
  await page.keyboard.press("Space");
  assert.deepEqual(await shown(page), expected);
  assert.equal(await query(page), `?skill=${windows}&company=stripe`);
  assert.equal(await page.locator(".found").innerText(), `${expected.length} of ${every.length}`);

  await page.reload();
  await marked(page);
  await page.locator(".chosen li:nth-child(2)").waitFor();
  assert.deepEqual(await shown(page), expected, "an address that is shared shows the same");
  await page.goBack();
  await page.locator(".chosen li:nth-child(2)").waitFor({ state: "detached" });
  await eventually(async () => assert.equal(await query(page), `?skill=${windows}`));
  await page.goForward();
  await page.locator(".chosen li:nth-child(2)").waitFor();
  assert.deepEqual(await shown(page), expected);

  await page.locator(".chosen button").first().focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await marks(page), ["Company: Stripe"]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Company: Stripe", "the focus goes on to the next mark");
  assert.equal((await shown(page)).length, stripe.size);
  await page.locator(".clear-facets").click();
  assert.equal(await query(page), "");
  assert.deepEqual(await shown(page), every);
  await close();
});

test("counts are those of the other facets, values of one facet add up, and nothing is hidden at zero", async () => {
  const { page, close } = await open(`/problems/?kind=python&difficulty=easy&difficulty=hard`);
  const items = listed("problems/index.html");
  const python = items.filter(({ kind }) => kind === "python");
  const hard = python.filter(({ difficulty }) => difficulty !== "medium");
  assert.deepEqual((await shown(page)).toSorted(), hard.map(({ slug }) => slug).toSorted());
  assert.deepEqual(await marks(page), ["Kind: Python", "Difficulty: Easy", "Difficulty: Hard"]);
  for (const [value, count] of await counts(page, "difficulty")) {
    assert.equal(count, python.filter(({ difficulty }) => difficulty === value).length, value);
  }
  for (const [value, count] of await counts(page, "kind")) {
    assert.equal(count, items.filter(({ kind, difficulty }) => kind === value && difficulty !== "medium").length, value);
  }
  const skills = await counts(page, "skill");
  for (const [value, count, dimmed] of skills) {
    assert.equal(count, hard.filter(({ skill }) => skill.split(" ").includes(value)).length, value);
    assert.equal(dimmed, count === 0, value);
  }
  assert.ok(skills.some(([, , dimmed]) => dimmed) && skills.some(([, , dimmed]) => !dimmed));
  await close();
});

test("who gives take-homes is one choice", async () => {
  const expected = listed("companies/index.html").filter((item) => item["take-home"] === "recorded").map(({ slug }) => slug);
  assert.ok(expected.length > 0);
  const { page, close } = await open("/");
  await page.locator(".main-nav a", { hasText: "Companies" }).focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/companies/");
  await tabTo(page, "[name=take-home][value=recorded]");
  await page.keyboard.press("Space");
  assert.deepEqual(await shown(page), expected);
  assert.equal(await query(page), "?take-home=recorded");
  await close();
});

test("the round itself says who gives take-homes, as the finder does", async () => {
  const { page, close } = await open("/rounds/take-home/", { ...views[0], javaScriptEnabled: false });
  await page.locator(".facts a[href='#companies']").click();
  const named = await page.locator("section:has(> #companies) .chips a").evaluateAll((links) => links.map((link) => new URL(link.href)));
  const recorded = listed("companies/index.html").filter((item) => item["take-home"] === "recorded").map(({ slug }) => `/companies/${slug}/`);
  assert.deepEqual(named.map(({ pathname }) => pathname).sort(), recorded.sort());
  await page.goto(named[0].href);
  assert.ok(await page.locator(`${named[0].hash || "h1"}`).isVisible());
  await close();
});

test("companies are chosen by rounds that their own loops have", async () => {
  const [round] = JSON.parse(read("companies/facets.json")).facets.round[0];
  const { page, close } = await open(`/companies/?kind=design&round=${round}`);
  await page.locator(".chosen li").first().waitFor();
  const designs = having("companies", "kind", "design");
  const expected = [...having("companies", "round", round)].filter((slug) => designs.has(slug));
  assert.ok(expected.length > 0);
  assert.deepEqual((await shown(page)).toSorted(), expected.toSorted());
  await close();
});

test("what was solved here is a facet", async () => {
  const prepare = () => {
    localStorage.setItem("practice:type-caster", JSON.stringify({ version: 1, solved: "2026-11-01" }));
    localStorage.setItem("practice:sensor-spikes", JSON.stringify({ version: 1, draft: "select" }));
  };
  const { page, close } = await open("/problems/?solved=yes&solved=begun", { prepare });
  await page.locator(".found", { hasText: /^2 of/ }).waitFor();
  assert.deepEqual((await shown(page)).toSorted(), ["sensor-spikes", "type-caster"]);
  await close();
});

test("on a narrow screen the facets are folded, and the filters can be passed by", async () => {
  const { page, close } = await open("/companies/", views[2]);
  assert.ok(!(await facet(page, "loop").isVisible()));
  await page.locator(".open-facets").click();
  assert.equal(await page.locator(".open-facets").getAttribute("aria-expanded"), "true");
  await facet(page, "loop").locator("label").first().click();
  assert.equal(await page.locator(".open-facets .picked").innerText(), "1");
  const left = (await shown(page)).length;
  const toList = page.locator(".shut-facets button");
  assert.equal(await toList.innerText(), `Show ${left}`);
  assert.ok(await toList.evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight), "in sight while one chooses");
  await toList.click();
  assert.ok(!(await facet(page, "loop").isVisible()));
  assert.ok(await page.locator("main [data-name]:visible").first().evaluate((item) => item.getBoundingClientRect().top < innerHeight), "the list is in sight");
  await page.locator(".open-facets").click();
  await page.locator(".past").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".found:focus").waitFor();
  await close();
});

test("a file that does not come leaves the rest to work", async () => {
  const { page, close } = await open("/problems/");
  await page.route("**/facets.json", (route) => route.abort());
  await facet(page, "company").locator("summary").click();
  await facet(page, "company").locator("ul", { hasText: "could not be loaded" }).waitFor();
  await facet(page, "difficulty").locator("label").first().click();
  assert.ok((await shown(page)).length < listed("problems/index.html").length);
  await page.unroute("**/facets.json");
  await facet(page, "company").locator("summary").click();
  await facet(page, "company").locator("summary").click();
  await facet(page, "company").locator("[value=stripe]").waitFor();
  await close();
});

test("without scripts there is the whole list, with its marks and ways to its parts", async () => {
  const { page, close } = await open(`/companies/?take-home=recorded`, { javaScriptEnabled: false });
  assert.equal((await shown(page)).length, listed("companies/index.html").length);
  assert.equal(await page.locator(".finder:visible, .results-head:visible").count(), 0);
  const marked = listed("companies/index.html").filter((item) => item["take-home"] === "recorded");
  assert.equal(await page.locator("main a:visible", { hasText: "take-home" }).count(), marked.length);
  await page.goto(`${guide.site.origin}/problems/`);
  assert.equal((await shown(page)).length, listed("problems/index.html").length);
  assert.ok(await page.locator(".jump a:visible").count() > 1);
  await close();
});
