// The map of levels: what companies call them, on one scale.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, read } from "./guide.js";
import { views } from "./browser.js";
import { follow, overflow, violations, visit } from "./look.js";

const guide = opened();
const open = (options) => visit(guide, "/levels/", options);
const without = { javaScriptEnabled: false };

/** Where the steps of each ladder stand: what is read in them, and the place of their upper edge. */
const stairs = (page) =>
  page.locator(".ladders tbody").evaluateAll((ladders) =>
    ladders.map((ladder) => [...ladder.querySelectorAll("td")].map((cell) => {
      const { left, width, top } = cell.querySelector(".step").getBoundingClientRect();
      return { called: cell.querySelector(".called")?.innerText, left, width, top };
    })),
  );

test("it is a table whose columns are the levels of the guide", async () => {
  const { page, close } = await open(without);
  const levels = await page.locator(".ladders thead th[scope=col]").evaluateAll((cells) => cells.map((cell) => cell.querySelector("a").pathname));
  assert.ok(levels.length > 3 && levels.every((path) => path.startsWith("/levels/")));
  const ladders = await page.locator(".ladders tbody").evaluateAll((ladders) =>
    ladders.map((ladder) => ({ name: ladder.querySelector("th").innerText, scope: ladder.querySelector("th").scope, cells: ladder.querySelectorAll("td").length })),
  );
  assert.ok(ladders.length > 2);
  for (const { name, scope, cells } of ladders) assert.deepEqual([scope, cells], ["rowgroup", levels.length], name);
  assert.equal(await page.locator(".ladders td.none", { hasText: "no name on record" }).count(), await page.locator(".ladders td.none").count());
  await close();
});

for (const { name, dir, ...view } of [...views, { ...views[2], name: "right to left", dir: "rtl" }]) {
  test(`each ladder climbs along one scale, ${name}`, async () => {
    const { page, close } = await open(view);
    if (dir) await page.evaluate(() => (document.documentElement.dir = "rtl"));
    const ladders = await stairs(page);
    for (const ladder of ladders) {
      for (const [index, step] of ladder.entries()) {
        const [scale, before] = [ladders[0][index], ladder[index - 1]];
        assert.deepEqual([step.left, step.width], [scale.left, scale.width], `${step.called} stands in the column of its level`);
        if (before) assert.ok(step.top < before.top && (step.left > before.left) === !dir, `${step.called} is a step up`);
      }
    }
    assert.equal((await overflow(page)).width, 0);
    if (!dir) assert.deepEqual(await violations(page), []);
    await close();
  });
}

test("whether L5 or L6 is asked of each company by its name, from the keyboard", async () => {
  const { page, close } = await open();
  const links = page.getByRole("link", { name: /^(\S+) L5 or L6$/ });
  const names = await links.evaluateAll((links) => links.map((link) => link.textContent));
  assert.ok(names.includes("Amazon L5 or L6") && names.length > 1);
  assert.equal(new Set(names).size, names.length);
  await page.getByRole("link", { name: "Amazon L5 or L6" }).focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/compare/ladders/amazon-l5-or-l6/");
  await close();
});

test("a company's ladder leads to its place on the map", async () => {
  const { page, close } = await visit(guide, "/companies/google/");
  await follow(page, () => page.getByRole("link", { name: "All ladders on one map" }).click());
  assert.equal(await page.locator(".ladders th:target").innerText(), "Google");
  await close();
});

test("a name that means two levels is said once with both, and other names of a step are shown", () => {
  const text = read("levels/index.html").replaceAll(/<[^>]*>/g, "");
  assert.match(text, /L5\s*Mid-level at Amazon\s*Senior at Google/);
  const cell = /<td[^>]*>(?:(?!<td).)*61–62(?:(?!<\/td>).)*/s.exec(read("levels/index.html"))[0];
  assert.match(cell, /SDE II/);
  assert.match(read("levels/principal/index.html"), /IC5 at Microsoft/);
});

test("on paper no step is without its edge", async () => {
  const { page, close } = await open();
  await page.emulateMedia({ media: "print" });
  const edges = await page.locator(".ladders .step").evaluateAll((steps) => steps.map((step) => parseFloat(getComputedStyle(step).borderBlockStartWidth)));
  assert.ok(edges.every((width) => width >= 1));
  await close();
});
