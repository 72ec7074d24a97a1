// Charts: where dots stand is recomputed from what the rows say, and a reader's own pay is marked on every axis.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { opened, pages, read, redirects } from "./guide.js";
import { views } from "./browser.js";
import { violations } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const role = "/roles/senior-data-engineer/";
const guide = opened();

async function open(url, options = {}) {
  const context = await guide.chromium.browser.newContext({ ...views[0], reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  await page.goto(guide.site.origin + url, { waitUntil: "load" });
  return { page, context, close: () => context.close() };
}

/** A short amount as a number: $162K, $1.02M. */
const amount = (text) => Number(text.match(/\$([\d.]+)/)[1]) * (text.includes("M") ? 1e6 : 1e3);

/** The axes of a page's HTML, and of each row the median that it says and the place of its dot in percent. */
function plots(html) {
  return [...html.matchAll(/<ul class="plot[^"]*" data-low="(\d+)" data-width="(\d+)">(.*?)<div class="axis"/gs)].map(([, low, width, rows]) => ({
    low: Number(low),
    width: Number(width),
    rows: [...rows.matchAll(/<circle class="median" cx="([\d.]+)%".*?<\/span>([^ <]+)/gs)].map(([, at, said]) => ({ at: Number(at), said: amount(said) })),
  }));
}

test("dots stand where their figures are, within what is rounded", () => {
  let count = 0;
  for (const path of pages.filter((path) => !redirects(path) && read(path).includes('class="plot'))) {
    for (const { low, width, rows } of plots(read(path))) {
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
  const bins = await page.locator("[aria-label='Answers by pay'] tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.ok(bins.length > 15);
  let shown = 0;
  for (const [range, answers] of bins) {
    const low = amount(range);
    const counted = usd.filter((pay) => pay >= low && pay < low + 10_000).length;
    assert.equal(Number(answers.replaceAll(",", "")), counted, range);
    shown += counted;
  }
  assert.ok(shown / usd.length > 0.98);
  const [highest] = await page.locator("rect.bin").evaluateAll((bars) => [Math.max(...bars.map((bar) => parseFloat(bar.getAttribute("height"))))]);
  assert.equal(highest, 100);
  await close();
});

test("a reader's own pay is marked on every axis, and kept in this browser alone", async () => {
  const { page, context, close } = await open(reference);
  await page.getByLabel("Your pay a year").focus();
  await page.keyboard.type("150000");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".plot > .own").count(), await page.locator(".plot").count());
  const [at, low, width] = await page.locator(".plot").first().evaluate((plot) => [parseFloat(plot.querySelector(".own circle").getAttribute("cx")), Number(plot.dataset.low), Number(plot.dataset.width)]);
  assert.ok(Math.abs(low + (width * at) / 100 - 150_000) < 20);
  assert.match(await page.locator(".own-pay [role=status]").textContent(), /\$150K/);
  assert.match(await page.locator(".offers .own").first().innerText(), /below this axis/);
  assert.equal(page.url(), guide.site.origin + reference);
  assert.deepEqual(await violations(page), []);
  await page.goto(guide.site.origin + role);
  assert.equal(await page.locator(".plot > .own").count(), await page.locator(".plot").count(), "it is marked elsewhere, too");
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
  assert.ok(await page.locator(".plot .lane").first().isVisible());
  assert.equal(await page.locator(".own-pay").isVisible(), false);
  await close();
});

test("from right to left the axis runs so, and its texts can be read", async () => {
  const { page, close } = await open(role);
  const places = () => page.locator(".plot").first().evaluate((plot) => {
    const middle = (node) => node.getBoundingClientRect().x + node.getBoundingClientRect().width / 2;
    const lane = plot.querySelector(".lane").getBoundingClientRect();
    const texts = [...plot.nextElementSibling.querySelectorAll("text")];
    return { dot: (middle(plot.querySelector("circle.median")) - lane.x) / lane.width, first: middle(texts[0]), last: middle(texts.at(-1)), upright: texts.every((text) => text.getScreenCTM().a > 0) };
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
