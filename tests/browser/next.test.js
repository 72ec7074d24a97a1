// Which problem comes after which: the way through the guide's problems, and what it makes of those that are solved.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, pages, read, redirects } from "./guide.js";
import { follow, violations, visit } from "./look.js";

const guide = opened();
const first = "latest-order-status";
const order = ["easy", "medium", "hard"];

const problems = pages.filter((path) => /^problems\/[^/]+\/index\.html$/.test(path) && !redirects(path)).map((path) => path.split("/")[1]);
const difficultyOf = (html) => /difficulty d-(\w+)/.exec(html)[1];
const kindOf = (html) => /<span class="kind">([^<]*)/.exec(html)[1];

/** What a problem's page says comes next, all of it. */
function following(slug) {
  const [, list] = read(`problems/${slug}/index.html`).split("next-problems");
  return list ? [...list.split("</ul>")[0].matchAll(/<li data-slug="([^"]+)"( hidden)?>(.*?)(?=<li|$)/gs)].map(([, slug, hidden, html]) => ({ slug, hidden: Boolean(hidden), difficulty: difficultyOf(html), kind: kindOf(html) })) : [];
}

/** Keeps in the browser that problems are solved. */
const solve = (slugs) => slugs.forEach((slug) => localStorage.setItem(`practice:${slug}`, JSON.stringify({ version: 1, solved: "2026-11-01" })));

const open = async (slug, { solved, ...options } = {}) => {
  const tab = await visit(guide, `/problems/${slug}/`, options);
  if (solved) {
    await tab.page.evaluate(solve, solved);
    await tab.page.reload();
  }
  return tab;
};
const shown = (page) => page.locator(".next-problems > li:visible").evaluateAll((items) => items.map((item) => item.dataset.slug));

test("the way leads on from every problem but one, never in a circle, and a step at a time", () => {
  const ends = problems.filter((slug) => following(slug).length === 0);
  assert.equal(ends.length, 1, ends.join());
  for (const slug of problems) {
    const [next] = following(slug);
    const [, own] = read(`problems/${slug}/index.html`).split('class="page-head"');
    if (!next) continue;
    const steps = order.indexOf(next.difficulty) - order.indexOf(difficultyOf(own));
    const kind = /<p class="kicker">.*?<\/span> ([^<]*)<\/p>/s.exec(own)[1].trim();
    assert.ok(next.kind !== kind || steps === 0 || steps === 1, `${slug} to ${next.slug}`);
    assert.deepEqual(following(slug).map(({ hidden }) => hidden), following(slug).map((_, at) => at > 0), "the first shows without a script");
    const way = new Set([slug]);
    for (let at = next; at; [at] = following(at.slug)) {
      assert.ok(!way.has(at.slug), `${slug} leads back to ${at.slug}`);
      way.add(at.slug);
    }
  }
  assert.equal(following(first)[0].difficulty, "medium");
});

test("what is solved is passed by; of all solved, the first is named", async () => {
  const [one, two, three] = following(first).map(({ slug }) => slug);
  const { page, close } = await open(first, { solved: [one] });
  assert.deepEqual(await shown(page), [two]);
  await page.evaluate(solve, [two]);
  await page.reload();
  assert.deepEqual(await shown(page), [three]);
  await page.evaluate(solve, [three]);
  await page.reload();
  assert.deepEqual(await shown(page), [one]);
  assert.match(await page.locator(".next-problems").innerText(), /Solved/);
  assert.deepEqual(await violations(page), []);
  await close();
});

test("without a script, and without storage, the first is named", async () => {
  const denied = () => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("denied"); } });
  for (const options of [{ javaScriptEnabled: false }, { prepare: denied }]) {
    const { page, close } = await open(first, options);
    assert.deepEqual(await shown(page), [following(first)[0].slug]);
    await close();
  }
});

test("once all cases pass, the desk says where to go on, and the keyboard goes there", async () => {
  const { page, close } = await open(first, { patient: true });
  const solution = await page.locator(".solution pre > code").first().evaluate((code) => code.textContent);
  await page.locator(".desk textarea").fill(solution);
  await page.keyboard.press("Control+Enter");
  const link = page.locator(".desk-said a");
  await link.waitFor();
  assert.match(await page.locator(".desk-said").innerText(), /\. Next: \S/);
  await link.focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, `/problems/${following(first)[0].slug}/`);
  await close();
});
