// The margin: what a strong answer sounds like beside each round, and what terms mean beside the text that uses them.

import test from "node:test";
import assert from "node:assert/strict";
import { opened, pages, read, redirects, urlOf } from "./guide.js";
import { follow, overflow, resize, violations, visit } from "./look.js";

const guide = opened();
const all = pages.filter((path) => !redirects(path)).map((path) => ({ path, html: read(path) }));
const plain = (html) => html.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").replace(/\s+/g, " ").trim();

/** The terms of a piece of HTML that stand beside text: where they lead, and what they are said to mean. */
const meanings = (html) => [...html.matchAll(/<dl class="beside meanings">(.*?)<\/dl>/gs)].flatMap(([, list]) => [...list.matchAll(/<a href="([^"]*)">[^<]*<\/a><\/dt><dd>(.*?)<\/dd>/gs)].map(([, url, said]) => ({ url, said: plain(said) })));

test("what stands beside a text is what the glossary says first of terms that the text links to", () => {
  const glossary = new Map([...read("glossary/index.html").matchAll(/<h3 id="([^"]*)">.*?<div class="prose">(.*?)<\/div>/gs)].map(([, id, text]) => [`/glossary/#${id}`, plain(text)]));
  let count = 0;
  for (const { path, html } of all) {
    const terms = meanings(html);
    assert.ok(terms.length <= 6 && new Set(terms.map(({ url }) => url)).size === terms.length, `${path} has ${terms.length} terms beside it, each once`);
    for (const { url, said } of terms) {
      assert.ok(glossary.get(url)?.startsWith(said.replace(/\.$/, "")), `${path}: ${url}: ${said}`);
      if (!path.startsWith("problems/")) assert.ok(html.includes(`<a href="${url}" class="mention">`) || html.split(`"${url}"`).length > 2, `${path} links to ${url}`);
      count += 1;
    }
  }
  assert.ok(count > 60, `${count} terms stand beside a text`);
});

test("each round that is told of has a strong answer beside it, which is said to be the guide's where a company's sources are", () => {
  for (const { path, html } of all.filter(({ path }) => /^rounds\/[^/]+\/index\.html$/.test(path))) assert.equal(html.split('class="strong-answer"').length, 2, path);
  let count = 0;
  for (const { path, html } of all.filter(({ html }) => /<[uo]l class="rounds"/.test(html))) {
    const [, loop] = html.match(/<[uo]l class="rounds">(.*?)<\/section>/s);
    for (const round of loop.split("<h3 ").slice(1)) {
      const [, title] = round.match(/class="beside-title">([^<]*)</) ?? [];
      assert.equal(title, round.includes('class="cited"') ? "A strong answer, by this guide" : "A strong answer", path);
      count += 1;
    }
  }
  assert.ok(count > 100, `${count} rounds were looked at`);
});

/** Where on a page the margin's pieces are, and the texts beside which they stand. */
const places = (page) => page.locator(".meanings, .beside:has(.strong-answer)").evaluateAll((pieces) => pieces.map((piece) => {
  const box = piece.getBoundingClientRect();
  const text = piece.parentElement.querySelector(".prose, .tips").getBoundingClientRect();
  return { box: { top: box.top, bottom: box.bottom, left: box.left, right: box.right }, text: { top: text.top, bottom: text.bottom, right: text.right }, terms: piece.matches(".meanings") };
}));

for (const url of ["/rounds/streaming-design/", "/companies/stripe/", "/roles/streaming-data-engineer/", "/technologies/apache-kafka/"]) {
  test(`pieces stand in the margin, one below another, and in the text where there is none: ${url}`, async () => {
    const { page, close } = await visit(guide, url, { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false });
    const wide = await places(page);
    assert.ok(wide.length > 0);
    wide.forEach(({ box, text }, at) => {
      assert.ok(box.left >= text.right && box.right <= 1440, "it stands beside the text");
      assert.ok(at === 0 || box.top >= wide[at - 1].box.bottom, "and covers no other");
    });
    assert.equal((await overflow(page)).width, 0);
    await resize(page, { width: 390, height: 844 });
    for (const { box, text, terms } of await places(page)) {
      assert.ok(box.left >= 0 && box.right <= 390);
      assert.ok(!terms || box.top >= text.bottom, "terms follow the text that uses them");
    }
    assert.equal((await overflow(page)).width, 0);
    await close();
  });
}

test("it can be read with every aid", async () => {
  const { page, close } = await visit(guide, urlOf("rounds/streaming-design/index.html"), { viewport: { width: 1440, height: 900 } });
  assert.deepEqual(await violations(page), []);
  await page.locator(".meanings a").first().focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.match(page.url(), /\/glossary\/#/);
  await close();
});
