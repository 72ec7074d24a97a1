// Diagrams of the guide's problems: what is drawn can be read, and is said as text as well.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, pages, read, urlOf } from "./guide.js";
import { views } from "./browser.js";
import { open as look, overflow, violations } from "./look.js";

const guide = opened();
const [wide, , narrow] = views;
const drawn = pages.filter((path) => read(path).includes('class="diagram"')).map(urlOf);
const sizes = [wide, narrow];

/** Opens a page with all that can be unfolded. */
async function open(url, view) {
  const opened = await look(guide, url, { ...view, reducedMotion: "reduce" });
  await opened.page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  return opened;
}

/** What cannot be read: arrows behind boxes, texts that are cut off, small, in each other's way or wider than their box. */
function unreadable(pictures) {
  const found = [];
  const within = ({ x, y }, box, edge) => x > box.x + edge && x < box.x + box.width - edge && y > box.y + edge && y < box.y + box.height - edge;
  for (const picture of pictures) {
    const view = picture.viewBox.baseVal;
    const boxes = [...picture.querySelectorAll(".box")].map((node) => node.getBBox());
    for (const line of picture.querySelectorAll(".line")) {
      const length = line.getTotalLength();
      for (let at = 3; at < length - 3; at += 2) {
        const point = line.getPointAtLength(at);
        if (!boxes.some((box) => within(point, box, 1))) continue;
        found.push(`an arrow runs through a box: ${line.getAttribute("d")}`);
        break;
      }
    }
    const texts = [...picture.querySelectorAll("text")].map((node) => ({ said: node.textContent, box: node.getBBox(), size: parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a }));
    for (const [at, { said, box, size }] of texts.entries()) {
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const around = boxes.find((other) => within(middle, other, 0));
      if (size < 10) found.push(`${said} is ${size} px`);
      if (box.x < 0 || box.y < 0 || box.x + box.width > view.width || box.y + box.height > view.height) found.push(`${said} is cut off`);
      if (around && (box.x < around.x + 3 || box.x + box.width > around.x + around.width - 3)) found.push(`${said} is wider than its box`);
      for (const other of texts.slice(at + 1)) {
        const apart = box.x + box.width <= other.box.x + 1 || other.box.x + other.box.width <= box.x + 1 || box.y + box.height <= other.box.y + 3 || other.box.y + other.box.height <= box.y + 3;
        if (!apart) found.push(`${said} touches ${other.said}`);
      }
    }
  }
  return found;
}

test("there are diagrams", () => assert.ok(drawn.length > 10));

for (const url of drawn) {
  test(`the diagram of ${url} can be read`, async () => {
    for (const view of sizes) {
      const { page, close } = await open(url, view);
      assert.deepEqual(await page.locator(".diagram svg").evaluateAll(unreadable), [], view.name);
      assert.equal((await overflow(page)).width, 0, "what is wide scrolls by itself");
      await close();
    }
  });
}

test("a diagram is said as text, and what is unfolded is accessible", async () => {
  for (const view of views) {
    const { page, close } = await open(drawn[0], view);
    const [boxes, arrows] = [await page.locator(".diagram .box").count(), await page.locator(".diagram .line").count()];
    assert.ok(boxes > 3 && arrows > 3);
    assert.equal(await page.locator(".diagram details > ul").first().locator("> li").count(), boxes);
    assert.equal(await page.locator(".diagram details > ul").last().locator("> li").count(), arrows);
    assert.deepEqual(await violations(page), [], view.name);
    await close();
  }
});

test("on paper a diagram is whole", async () => {
  const { page, close } = await open(drawn[0], { viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: "print" });
  const [picture, around] = await page.locator(".diagram svg, .diagram-view").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().width));
  assert.ok(around <= picture + 1, `${around} px in ${picture} px`);
  await close();
});

test("hints and follow-up questions are folded, and there without a script", async () => {
  const context = await guide.chromium.browser.newContext({ ...narrow, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(guide.site.origin + drawn[0]);
  for (const part of [".hints", ".follow-up"]) {
    const folded = page.locator(`${part} details`);
    assert.ok((await folded.count()) > 1, part);
    assert.equal(await page.locator(`${part} details[open]`).count(), 0, part);
    assert.equal(await folded.first().locator(".folded").isVisible(), false, part);
    await folded.first().locator("summary").click();
    assert.equal(await folded.first().locator(".folded").isVisible(), true, part);
  }
  await context.close();
});
