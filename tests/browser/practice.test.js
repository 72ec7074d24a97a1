// Which problems pages choose for their readers.

import test from "node:test";
import assert from "node:assert/strict";
import { pages, read, redirects } from "./guide.js";

/** The problems of a page's practice section: where each is, and how difficult. */
function chosen(path) {
  const section = read(path).split('<h2 id="practice">')[1]?.split("</section>")[0] ?? "";
  const [, ...items] = section.split(/<(?:p|h3) class="item-title">/);
  return items.map((item) => ({ url: item.match(/href="([^"]*)"/)[1], difficulty: item.match(/difficulty d-(\w+)/)[1] }));
}

/** The problems that a page's practice section leads to, in a list or by name. */
function named(path) {
  const section = read(path).split('<h2 id="practice">')[1]?.split("</section>")[0] ?? "";
  return [...section.matchAll(/href="(\/problems\/[^"]+)"/g)].map(([, url]) => url);
}

const ofRole = (role) => pages.filter((path) => !redirects(path)).filter((path) => path.match(`^companies/[^/]+/${role}/index.html$`) || path === `roles/${role}/index.html`);

test("nobody above senior is given an easy problem, and beginners no hard one", () => {
  for (const [role, never] of [["staff-data-engineer", "easy"], ["principal-data-engineer", "easy"], ["junior-data-engineer", "hard"]]) {
    const found = ofRole(role).map((path) => [path, chosen(path)]);
    assert.ok(found.length > 2, role);
    for (const [path, problems] of found) {
      assert.ok(problems.length > 3, path);
      assert.ok(problems.every(({ difficulty }) => difficulty !== never), path);
    }
  }
});

test("companies differ in what they are prepared for", () => {
  const lists = ofRole("senior-data-engineer").map((path) => chosen(path).map(({ url }) => url).sort().join(" "));
  assert.ok(new Set(lists).size * 2 > lists.length, `${new Set(lists).size} of ${lists.length}`);
});

test("every problem is chosen somewhere", () => {
  const all = pages.filter((path) => read(path).includes('class="page-problem"')).map((path) => `/${path.replace("index.html", "")}`);
  const shown = new Set(pages.filter((path) => /^(companies|roles)\//.test(path)).flatMap(named));
  assert.ok(all.length > 40);
  assert.deepEqual(all.filter((url) => !shown.has(url)), []);
});
