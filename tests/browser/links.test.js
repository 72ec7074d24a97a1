// Every link and anchor of every page leads somewhere, by a real HTML parser.

import test from "node:test";
import assert from "node:assert/strict";
import { parse, defaultTreeAdapter as tree } from "parse5";
import { files, pages, read, urlOf } from "./guide.js";

const origin = new URL(read("index.html").match(/<link rel="canonical" href="([^"]+)"/)?.[1] ?? "https://example.com/").origin;
const known = new Set(files.map(urlOf));
const outlines = new Map(pages.map((path) => [urlOf(path), outline(parse(read(path)))]));

/** The ids of a document and the addresses in it, with the element that holds each. */
function outline(document) {
  const found = { ids: [], links: [] };
  const left = [document];
  while (left.length > 0) {
    const node = left.pop();
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    if ("id" in attributes) found.ids.push(attributes.id);
    for (const name of ["href", "src", "poster", "action", "cite", "data"]) {
      if (name in attributes) found.links.push([node.tagName, attributes[name]]);
    }
    for (const one of (attributes.srcset ?? "").split(",").filter(Boolean)) found.links.push([node.tagName, one.trim().split(/\s+/)[0]]);
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
      for (const id of (attributes[name] ?? "").split(/\s+/).filter(Boolean)) found.links.push([node.tagName, `#${id}`]);
    }
    if (attributes["http-equiv"] === "refresh") found.links.push(["meta", attributes.content.replace(/^.*url=/i, "")]);
    left.push(...(tree.getChildNodes(node.tagName === "template" ? tree.getTemplateContent(node) : node) ?? []));
  }
  return found;
}

test("every link and anchor leads somewhere", () => {
  const broken = [];
  let count = 0;
  for (const [url, { links }] of outlines) {
    for (const [element, link] of links) {
      const target = new URL(link, origin + url);
      if (target.origin !== origin) continue;
      count += 1;
      const path = decodeURI(target.pathname);
      const id = decodeURIComponent(target.hash.slice(1));
      if (!known.has(path)) broken.push(`${url}: <${element}> ${link}`);
      else if (id && outlines.has(path) && !outlines.get(path).ids.includes(id)) broken.push(`${url}: <${element}> ${link}`);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(count > pages.length, `${count} links were looked at`);
});

test("every page is reached from the home page", () => {
  const reached = new Set(["/"]);
  const left = ["/"];
  while (left.length > 0) {
    const url = left.pop();
    for (const [, link] of outlines.get(url).links) {
      const target = new URL(link, origin + url);
      const path = decodeURI(target.pathname);
      if (target.origin === origin && outlines.has(path) && !reached.has(path)) {
        reached.add(path);
        left.push(path);
      }
    }
  }
  const lost = pages.map(urlOf).filter((url) => !reached.has(url) && url !== "/404.html");
  assert.deepEqual(lost.filter((url) => !outlines.get(url).links.some(([element]) => element === "meta")), []);
});

test("no id stands twice on a page", () => {
  const twice = [...outlines].flatMap(([url, { ids }]) => ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${url}#${id}`));
  assert.deepEqual(twice, []);
});

test("whole URLs of the site are those of pages", () => {
  for (const path of pages) {
    const canonical = read(path).match(/<link rel="canonical" href="([^"]+)"/)?.[1];
    if (canonical) assert.ok(known.has(decodeURI(new URL(canonical).pathname)), `${path}: ${canonical}`);
  }
});
