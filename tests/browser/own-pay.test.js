// Charts of pay: where dots stand is recomputed from what the rows say, and a reader's own pay is marked on every axis.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { opened, pages, read, redirects } from "./guide.js";
import { violations, visit } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const role = "/roles/senior-data-engineer/";
const guide = opened();

const open = (url, options) => visit(guide, url, options);

/** A short amount as a number: $162K, $1.02M. */
const amount = (text) => Number(text.match(/\$([\d.]+)/)[1]) * (text.includes("M") ? 1e6 : 1e3);

/** The axes of a page's HTML, and of each row the median that it says and the place of its dot in percent. */
function lists(html) {
  return [...html.matchAll(/<ul class="chart-list" data-low="([\d.]+)" data-high="([\d.]+)">(.*?)<div class="chart-foot"/gs)].map(([, low, high, rows]) => ({
    low: Number(low),
    width: Number(high) - Number(low),
    rows: [...rows.matchAll(/<circle class="chart-middle" cx="([\d.]+)%".*?<\/span>([^ <]+)/gs)].map(([, at, said]) => ({ at: Number(at), said: amount(said) })),
  }));
}

test("dots stand where their figures are, within what is rounded", () => {
  let count = 0;
  for (const path of pages.filter((path) => !redirects(path) && read(path).includes('class="chart-list"'))) {
    for (const { low, width, rows } of lists(read(path))) {
      assert.ok(rows.length > 0, path);
      for (const { at, said } of rows) {
        assert.ok(Math.abs(low + (width * at) / 100 - said) <= 5000 && at >= 0 && at <= 100, `${path}: ${said} at ${at}%`);
        count += 1;
      }
    }
  }
  assert.ok(count > 100, `${count} dots were compared`);
});

test("the distribution is that of the answers", async () => {
  const rows = readFileSync(new URL("../../content/data/survey.csv", import.meta.url), "utf8").trim().split("\n").map((line) => line.split(","));
  const usd = rows.filter((row) => row[3] === "Data Engineer" && row[1] === "SE" && row[9] === "US").map((row) => Number(row[6]));
  const { page, close } = await open(role);
  const bins = await page.locator(".chart-of-bins tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.ok(bins.length > 15);
  let shown = 0;
  for (const [from, , answers] of bins) {
    const low = Number(from.replace(/[$,]/g, ""));
    const counted = usd.filter((pay) => pay >= low && pay < low + 10_000).length;
    assert.equal(Number(answers.replaceAll(",", "")), counted, from);
    shown += counted;
  }
  assert.ok(shown / usd.length > 0.98);
  const heights = await page.locator("rect.chart-bin").evaluateAll((bars) => bars.map((bar) => parseFloat(bar.getAttribute("height"))));
  const counts = bins.map(([, , answers]) => Number(answers.replaceAll(",", "")));
  assert.equal(heights.indexOf(Math.max(...heights)), counts.indexOf(Math.max(...counts)));
  await close();
});

test("a reader's own pay is marked on every axis, and kept in this browser alone", async () => {
  const { page, context, close } = await open(reference);
  await page.getByLabel("Your pay a year").focus();
  await page.keyboard.type("150000");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".chart-list > .own").count(), await page.locator(".chart-list").count());
  const [at, low, width] = await page.locator(".chart-list").first().evaluate((list) => [parseFloat(list.querySelector(".own circle").getAttribute("cx")), Number(list.dataset.low), Number(list.dataset.high) - Number(list.dataset.low)]);
  assert.ok(Math.abs(low + (width * at) / 100 - 150_000) < 20);
  assert.match(await page.locator(".own-pay [role=status]").textContent(), /\$150K/);
  assert.match(await page.locator(".offers .own").first().innerText(), /below this axis/);
  assert.equal(page.url(), guide.site.origin + reference);
  assert.deepEqual(await violations(page), []);
  await page.goto(guide.site.origin + role);
  assert.equal(await page.locator(".chart-list > .own").count(), await page.locator(".chart-list").count(), "it is marked elsewhere, too");
  assert.equal(await page.getByLabel("Your pay a year").inputValue(), "150000");
  await page.getByLabel("Your pay a year").fill("");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(".own:not(.pattern *)").count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("own-pay")), null);
  assert.deepEqual(await context.cookies(), []);
  await close();
});

test("without a script there are the charts and no field", async () => {
  const { page, close } = await open(reference, { javaScriptEnabled: false });
  assert.ok(await page.locator(".chart-list .chart-lane").first().isVisible());
  assert.equal(await page.locator(".own-pay").isVisible(), false);
  await close();
});

test("from right to left the axis runs so, and its texts can be read", async () => {
  const { page, close } = await open(role);
  const places = () => page.locator(".chart-list").first().evaluate((list) => {
    const middle = (node) => node.getBoundingClientRect().x + node.getBoundingClientRect().width / 2;
    const lane = list.querySelector(".chart-lane").getBoundingClientRect();
    const texts = [...list.nextElementSibling.querySelectorAll("text")];
    return { dot: (middle(list.querySelector("circle.chart-middle")) - lane.x) / lane.width, first: middle(texts[0]), last: middle(texts.at(-1)), upright: texts.every((text) => text.getScreenCTM().a > 0) };
  });
  const left = await places();
  assert.ok(left.first < left.last && left.upright);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const right = await places();
  assert.ok(right.first > right.last && right.upright, "mirrored twice, a text is upright");
  assert.ok(Math.abs(left.dot - (1 - right.dot)) < 0.01);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await close();
});
