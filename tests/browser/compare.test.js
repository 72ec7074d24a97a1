// Two or three side by side: pages of two, and what the browser compares.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { opened, pages, read } from "./guide.js";
import { choose, eventually, follow, open, violations, visit } from "./look.js";

const guide = opened();

/** Opens the picker, and waits until a comparison stands there. */
async function compared(asked) {
  const opened = await open(guide, `/compare/?${asked}`);
  await opened.page.waitForSelector(".compared-here .comparison");
  return opened;
}

const query = (page) => page.evaluate(() => location.search);

for (const [path, asked] of [
  ["/compare/amazon-or-stripe/", "companies=stripe,amazon"],
  ["/compare/google-or-meta/", "companies=google,meta"],
  ["/compare/roles/data-engineer-or-analytics-engineer/", "roles=data-engineer,analytics-engineer"],
  ["/compare/levels/mid-or-senior/", "levels=mid,senior"],
  ["/compare/ladders/meta-e5-or-e6/", "levels=meta-e5,meta-e6"],
]) {
  test(`the browser makes what stands on ${path}`, async () => {
    const [kind, slugs] = asked.split("=");
    const ordered = path.includes("amazon") ? slugs.split(",").toReversed().join(",") : slugs;
    const { page, problems, close } = await compared(`${kind}=${ordered}`);
    const [here, there] = await page.evaluate(async (path) => {
      const plain = (node) => node.outerHTML.replace(/\s+/g, " ").replace(/> | </g, (found) => found.trim());
      const text = await (await fetch(path)).text();
      return [plain(document.querySelector(".comparison")), plain(new DOMParser().parseFromString(text, "text/html").querySelector(".comparison"))];
    }, path);
    assert.equal(here, there);
    assert.ok((await page.locator(".picker [role=status] a").getAttribute("href")).endsWith(path), "it leads to the page");
    assert.deepEqual(problems, []);
    await close();
  });
}

test("three companies stand side by side, whatever else the address says", async () => {
  const { page, problems, close } = await compared("companies=amazon,nobody,stripe,amazon,uber,google");
  assert.deepEqual(await page.locator(".score-rows p a").allTextContents(), ["Amazon", "Stripe", "Uber"]);
  assert.equal(await query(page), "?companies=amazon,stripe,uber");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await close();
});

test("without a script there is a page for each pair, below both of them", async () => {
  const { page, close } = await open(guide, "/compare/", { javaScriptEnabled: false });
  assert.equal(await page.locator(".picker").isVisible(), false);
  const links = await page.locator(".pairs dd a").evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
  assert.deepEqual([...new Set(links)].toSorted(), pages.filter((path) => /^compare\/.*-or-/.test(path)).map((path) => `/${path.replace("index.html", "")}`).toSorted());
  const stripe = page.locator(".pair-list div", { has: page.locator("dt", { hasText: "Stripe or" }) });
  assert.equal(await stripe.getByRole("link", { name: "Stripe or Amazon" }).getAttribute("href"), "/compare/amazon-or-stripe/");
  await close();
});

test("from the home page to Amazon or Stripe, and to L5 or L6, by two presses each", async () => {
  const { page, close } = await visit(guide, "/");
  for (const [name, path] of [["Amazon or Stripe", "/compare/amazon-or-stripe/"], ["Amazon L5 or L6", "/compare/ladders/amazon-l5-or-l6/"]]) {
    await page.goto(guide.site.origin);
    await follow(page, () => page.getByRole("navigation").first().getByRole("link", { name: "Compare", exact: true }).click());
    await follow(page, () => page.getByRole("link", { name, exact: true }).first().click());
    assert.equal(await page.evaluate(() => location.pathname), path);
  }
  await close();
});

test("two steps of ladders are chosen by the keyboard, the address keeps them, and going back empties it", async () => {
  const { page, close } = await visit(guide, "/compare/");
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focus = () => page.evaluate(() => document.activeElement.name);
  await page.locator("[name=first] option", { hasText: "Amazon" }).first().waitFor({ state: "attached" });
  for (let step = 0; step < 30 && (await focus()) !== "kind"; step += 1) await press("Tab");
  await press("ArrowRight", "ArrowRight");
  assert.equal(await page.locator("[name=kind]:checked").inputValue(), "levels");
  await press("Tab");
  assert.equal(await focus(), "first");
  await choose(page, "amazon-l5");
  await press("Tab");
  await choose(page, "microsoft-63-64");
  assert.equal(await query(page), "?levels=amazon-l5,microsoft-63-64");
  await eventually(async () => assert.match(await page.locator(".picker [role=status]").innerText(), /^Side by side: Amazon L5 and Microsoft level 63–64\.$/));
  assert.equal(await page.locator(".compared-here .figures th").first().evaluate((corner) => corner.firstElementChild.className), "unseen", "the corner is for those who hear it");
  await page.reload();
  await page.locator(".compared-here .comparison").waitFor();
  assert.equal(await page.locator("[name=second]").inputValue(), "microsoft-63-64");
  await page.locator("[name=second]").selectOption("");
  assert.ok(!(await page.locator(".compared-here").isVisible()));
  await close();
});

/** Of a record, the value of a field, and its tables of a name. */
const root = new URL("../../content/", import.meta.url);
const field = (text, name) => text.match(new RegExp(`^${name} = (.*)$`, "m"))?.[1];
const list = (value) => value?.match(/[\w-]+/g) ?? [];
const tables = (text, name) => text.split(/^(?=\[)/m).filter((table) => table.startsWith(`[[${name}]]`));
const file = (folder, slug) => readFileSync(new URL(`${folder}/${slug}.md`, root), "utf8");

/** The rounds of a company's own page, as its record has them: those for data engineers, at whatever that level is called there. */
function roundsOf(slug) {
  const text = file("companies", slug);
  const level = tables(text, "ladder").filter((rung) => field(rung, "role") === '"data-engineer"').map((rung) => field(rung, "level"))[0];
  const isFor = (step) => (!field(step, "roles") || list(field(step, "roles")).includes("data-engineer")) && (!field(step, "levels") || field(step, "levels").includes(level));
  return tables(text, "loop").filter(isFor).map((step) => {
    const round = JSON.parse(field(step, "round"));
    const record = file("rounds", round);
    return { round, minutes: Number(field(step, "minutes") ?? field(record, "minutes")), isOnsite: field(record, "onsite") !== "false" };
  });
}

test("figures of a comparison are those of the records: rounds in common, and all minutes", async () => {
  const pairs = readdirSync(new URL("companies/", root)).map((name) => name.replace(".md", "")).flatMap((one, _, all) => all.map((other) => [one, other])).filter(([one, other]) => pages.includes(`compare/${one}-or-${other}/index.html`));
  assert.ok(pairs.length > 10);
  for (const pair of pairs) {
    const path = `/compare/${pair.join("-or-")}/`;
    const { page, close } = await open(guide, path);
    const loops = pair.map(roundsOf);
    const common = loops[0].filter(({ round }) => loops[1].some((other) => other.round === round)).map(({ round }) => round);
    const shown = await page.locator("#loop ~ .compared .row").evaluateAll((rows) => rows.filter((row) => row.querySelectorAll(".has").length === 2).map((row) => row.dataset.key));
    assert.deepEqual(shown.toSorted(), common.toSorted(), `${path}: rounds in common`);
    const cells = await page.locator("#figures ~ .table tr[data-key=rounds] td").allInnerTexts();
    assert.deepEqual(cells, loops.map((loop) => `${loop.length}, ${loop.filter(({ isOnsite }) => isOnsite).length} on site`), path);
    const minutes = await page.locator(".score-rows .notes").evaluateAll((all) => {
      const digits = (block) => [...block.classList].map((name) => /^([htu])-(\d)$/.exec(name)).filter(Boolean);
      const long = (block) => digits(block).reduce((sum, [, place, digit]) => sum + { h: 100, t: 10, u: 1 }[place] * digit, 0);
      return all.map((notes) => [...notes.querySelectorAll("i")].reduce((sum, block) => sum + long(block), 0));
    });
    assert.deepEqual(minutes, loops.map((loop) => loop.reduce((sum, step) => sum + step.minutes, 0)), `${path}: minutes`);
    await close();
    for (const [at, slug] of pair.entries()) {
      const drawn = read(`companies/${slug}/index.html`).match(/<div class="score">.*?<\/div>\s*<\/div>\s*<ul class="loop-key"/s)[0].match(/<li class="k-/g).length;
      assert.equal(drawn, loops[at].length, `${slug}: its page counts the same`);
    }
  }
});
