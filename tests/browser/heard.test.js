// What a listener hears of a page: the same as is seen, once.

import test from "node:test";
import assert from "node:assert/strict";
import { pages, read, redirects } from "./guide.js";

const told = pages.filter((path) => !redirects(path));
const parts = (html, pattern) => [...html.matchAll(pattern)].map(([, part]) => part);

test("a length that only fades out because no source gives it is heard as usual", () => {
  const pictures = told.flatMap((path) => [...read(path).matchAll(/<div class="notes" role="img" aria-label="([^"]*)">(.*?)<\/div><\/div>\s*<\/div>/gs)].map(([, label, picture]) => ({ path, label, picture })));
  assert.ok(pictures.some(({ picture }) => picture.includes(" usual\"")));
  for (const { path, label, picture } of pictures) {
    const blocks = parts(picture, /<i class="(k-[^"]*)"/g);
    assert.equal(label.split("; ").filter((said) => said.includes("usually")).length, blocks.filter((block) => block.endsWith(" usual")).length, `${path}: ${label}`);
  }
});

test("a block that is only assumed is heard as not known", () => {
  const blocks = told.flatMap((path) => [...read(path).matchAll(/<li class="(k-[^"]*)"><a (.*?)<\/a>/gs)].map(([, name, block]) => ({ path, name, block })));
  assert.ok(blocks.some(({ name }) => name.endsWith(" assumed")) && blocks.some(({ name }) => !name.endsWith(" assumed")));
  for (const { path, name, block } of blocks) assert.equal(block.includes('class="unseen"'), name.endsWith(" assumed"), path);
});

test("the foot of a page names each part of the guide once", () => {
  const links = parts(read("index.html").split('<footer class="site-foot">')[1], /href="([^"]*)"/g);
  assert.deepEqual(links.filter((link, at) => links.indexOf(link) !== at), []);
});

test("the names of compared pages hold no bare separators", () => {
  const here = told.filter((path) => /^compare\/./.test(path)).map((path) => read(path).match(/<li aria-current="page"><span>([^<]*)/)[1]);
  assert.ok(here.length > 10);
  assert.deepEqual(here.filter((name) => name.includes(" / ")), []);
});
