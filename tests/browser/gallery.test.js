// The gallery of loops, in the order that a reader chooses.

import test from "node:test";
import assert from "node:assert/strict";
import { opened } from "./guide.js";
import { views } from "./browser.js";
import { choose, eventually, overflow, violations, visit } from "./look.js";

const guide = opened();
const open = (url, options) => visit(guide, url, options);
const hero = ".hero .gallery > li";

const names = (page) => page.locator(`${hero} > a`).allInnerTexts();
const figures = (page) => page.locator(`${hero} > p`).allInnerTexts();
const query = (page) => page.evaluate(() => location.search);

/** By what a loop is sorted, from the minutes of its blocks as they are read aloud. */
const minutes = (page) =>
  page.locator(hero).evaluateAll((loops) => loops.map((loop) => [...loop.querySelectorAll(".notes i")].map((block) => {
    const digit = (name) => Number([...block.classList].find((one) => one.startsWith(name)).slice(2));
    return { kind: [...block.classList].find((one) => one.startsWith("k-")).slice(2), minutes: 100 * digit("h-") + 10 * digit("t-") + digit("u-") };
  })));

const sum = (blocks, kind) => blocks.filter((block) => !kind || block.kind === kind).reduce((sum, { minutes }) => sum + minutes, 0);
const falls = (values) => values.every((value, at) => at === 0 || value <= values[at - 1]) && values.at(-1) < values[0];

test("loops are sorted from the keyboard, and the address says how", async () => {
  const { page, close } = await open("/");
  const byName = await names(page);
  const known = await figures(page);
  assert.deepEqual(byName, byName.toSorted((a, b) => a.localeCompare(b, "en")));
  const choice = page.getByLabel("Sort by");
  await choice.focus();
  await choose(page, "length");
  assert.equal(await query(page), "?sort=length");
  assert.ok(falls((await minutes(page)).map((blocks) => sum(blocks))));
  for (const figure of await figures(page)) assert.match(figure, /^(usually )?\d+ (h|hours|minutes)/);

  await choice.selectOption("coding");
  assert.ok(falls((await minutes(page)).map((blocks) => sum(blocks, "coding"))));
  await choice.selectOption("rounds");
  assert.ok(falls((await minutes(page)).map((blocks) => blocks.length)));
  const byRounds = await names(page);
  await page.reload();
  assert.deepEqual(await names(page), byRounds, "an address that is shared shows the same");
  assert.equal(await choice.inputValue(), "rounds");
  await page.goBack();
  await page.goBack();
  await eventually(async () => assert.equal(await query(page), "?sort=length"));
  assert.ok(falls((await minutes(page)).map((blocks) => sum(blocks))));
  await choice.selectOption("");
  assert.equal(await query(page), "");
  assert.deepEqual([await names(page), await figures(page)], [byName, known]);
  await page.goto(`${guide.site.origin}/?sort=nonsense`);
  assert.deepEqual(await names(page), byName);
  await close();
});

test("without a script the loops stand by name, and nothing can be chosen", async () => {
  const { page, close } = await open("/?sort=length", { javaScriptEnabled: false });
  const byName = await names(page);
  assert.deepEqual(byName, byName.toSorted((a, b) => a.localeCompare(b, "en")));
  assert.ok(!(await page.locator(".gallery-sort").isVisible()));
  await close();
});

for (const view of views.slice(1, 3)) {
  test(`a sorted gallery fits, ${view.name}`, async () => {
    const { page, close } = await open("/?sort=behavioral", view);
    assert.equal((await overflow(page)).width, 0);
    assert.deepEqual(await violations(page), []);
    await close();
  });
}

test("companies are sorted by the same, their loops at one scale", async () => {
  const { page, close } = await open("/companies/?sort=length");
  const lengths = await page.locator("main [data-name]").evaluateAll((items) => items.map((item) => Number(item.dataset.length)));
  assert.ok(falls(lengths) && lengths.at(-1) === 0, "what is not known comes last");
  const scales = await page.locator(".rows .notes .part:last-child").evaluateAll((parts) => parts.map((part) => part.className));
  assert.ok(scales.length > 3);
  assert.equal(new Set(scales).size, 1);
  await close();
});
