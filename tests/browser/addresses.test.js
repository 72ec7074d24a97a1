// Every address that the guide's sitemap ever had leads somewhere.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { files, read, redirects, urlOf } from "./guide.js";

const known = new Map(files.map((path) => [urlOf(path), path]));
const once = readFileSync(new URL("addresses.txt", import.meta.url), "utf8").trim().split("\n");

/** Where an address leads: to a page, over at most one other. */
function end(url) {
  const path = known.get(url);
  if (!path || !path.endsWith(".html") || !redirects(path)) return path;
  const next = known.get(read(path).match(/url=([^"#]*)/)[1]);
  return next && !redirects(next) ? next : undefined;
}

test("what was in a sitemap once leads to a page", () => {
  assert.deepEqual(once.filter((url) => !end(url)), []);
  assert.ok(once.length > 400, `${once.length} addresses`);
});
