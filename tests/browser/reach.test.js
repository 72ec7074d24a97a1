// What the guide publishes for machines, read by parsers that are not sitegen's own.

import test from "node:test";
import assert from "node:assert/strict";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { parse, defaultTreeAdapter as tree } from "parse5";
import robotsParser from "robots-parser";
import { files, pages, read, redirects, urlOf } from "./guide.js";

const known = new Set(files.map(urlOf));
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a file of XML; it holds no character that XML cannot. */
function xml(path) {
  const text = read(path);
  assert.equal(XMLValidator.validate(text), true, path);
  assert.doesNotMatch(text, /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u, path);
  return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false }).parse(text);
}

/** The attributes of the elements of a page that have a name. */
function elements(path, name) {
  const found = [];
  const left = [parse(read(path))];
  while (left.length > 0) {
    const node = left.pop();
    if (node.tagName === name) found.push(Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])));
    left.push(...(tree.getChildNodes(node) ?? []));
  }
  return found;
}

const heads = new Map(
  pages
    .filter((path) => !redirects(path))
    .map((path) => [path, { links: elements(path, "link"), metas: elements(path, "meta") }]),
);
const link = (path, rel, type) => heads.get(path).links.find((link) => link.rel === rel && (!type || link.type === type))?.href;
const feedsOf = (path) => heads.get(path).links.filter(({ rel, type }) => rel === "alternate" && type === "application/atom+xml").map(({ href }) => new URL(href, site).href).sort();
const indexed = [...heads.keys()].filter((path) => !heads.get(path).metas.some(({ name, content }) => name === "robots" && content.includes("noindex")));
const site = link("index.html", "canonical");

/** The path of the file that a whole URL of the site leads to. */
const pathOf = (url) => {
  assert.ok(url.startsWith(site), `${url} is one of the site`);
  const path = decodeURI(new URL(url).pathname);
  return path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
};

function sitemap() {
  const index = xml("sitemap.xml").sitemapindex;
  assert.equal(index["@xmlns"], "http://www.sitemaps.org/schemas/sitemap/0.9");
  return list(index.sitemap).map(({ loc, lastmod }) => {
    const { urlset } = xml(pathOf(loc));
    assert.equal(urlset["@xmlns"], "http://www.sitemaps.org/schemas/sitemap/0.9");
    return { loc, lastmod, urls: list(urlset.url), bytes: Buffer.byteLength(read(pathOf(loc))) };
  });
}

test("every page that may be indexed is in the sitemap once, and nothing else is", () => {
  const urls = sitemap().flatMap(({ urls }) => urls.map(({ loc }) => loc));
  assert.equal(new Set(urls).size, urls.length);
  assert.deepEqual(urls.map(pathOf).sort(), indexed.toSorted());
  for (const url of urls) assert.equal(link(pathOf(url), "canonical"), url);
  assert.ok(urls.length > 300, `${urls.length} URLs`);
});

test("the sitemap is within its bounds, and its days are days", () => {
  let dated = 0;
  for (const { lastmod, urls, bytes } of sitemap()) {
    assert.ok(urls.length > 0 && urls.length <= 50_000 && bytes <= 52_428_800);
    const days = urls.map(({ lastmod }) => lastmod).filter(Boolean);
    for (const one of days) assert.match(one, day);
    assert.equal(lastmod, days.sort().at(-1));
    dated += days.length;
  }
  assert.ok(dated > 350, `${dated} pages say when they changed`);
});

test("robots may read everything and are told of the sitemap", () => {
  const url = new URL("robots.txt", site).href;
  const robots = robotsParser(url, read("robots.txt"));
  for (const path of indexed) assert.equal(robots.isAllowed(new URL(urlOf(path), site).href, "anybot"), true, path);
  assert.deepEqual(robots.getSitemaps(), [new URL("sitemap.xml", site).href]);
});

test("the feed is Atom, its entries are pages, the newest first", () => {
  const { feed } = xml("feed.xml");
  assert.equal(feed["@xmlns"], "http://www.w3.org/2005/Atom");
  const self = list(feed.link).find((link) => link["@rel"] === "self");
  assert.equal(self["@href"], new URL("feed.xml", site).href);
  assert.ok(feed.id && feed.title && feed.author.name);
  const time = /^\d{4}-\d{2}-\d{2}T00:00:00Z$/;
  const entries = list(feed.entry);
  assert.ok(entries.length > 10);
  assert.equal(feed.updated, entries[0].updated);
  const ids = entries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [at, entry] of entries.entries()) {
    assert.match(entry.updated, time);
    assert.ok(entry.title && entry.summary);
    assert.equal(entry.link["@href"], entry.id);
    assert.ok(indexed.includes(pathOf(entry.id)), entry.id);
    if (at > 0) assert.ok(entry.updated <= entries[at - 1].updated, "the newest first");
  }
  assert.deepEqual(feedsOf("index.html"), [self["@href"], new URL("news/feed.xml", site).href]);
  for (const path of heads.keys()) assert.deepEqual(feedsOf(path), feedsOf("index.html"), path);
});

test("the news is a feed of its own, whose entries stand on one page", () => {
  const { feed } = xml("news/feed.xml");
  const entries = list(feed.entry);
  assert.ok(entries.length > 2);
  assert.equal(feed.updated, entries[0].updated);
  const page = read("news/index.html");
  for (const [at, { id, title, summary, content, updated }] of entries.entries()) {
    const [url, place] = id.split("#");
    assert.equal(pathOf(url), "news/index.html");
    assert.ok(page.includes(`<h2 id="${place}">${title}</h2>`), id);
    assert.ok(summary && content["#text"].startsWith("<p>"));
    for (const [, to] of content["#text"].matchAll(/href="([^"#]*)/g)) assert.ok(known.has(new URL(to, content["@xml:base"]).pathname), `${id}: ${to}`);
    if (at > 0) assert.ok(updated <= entries[at - 1].updated, "the newest first");
  }
  assert.equal(link("news/index.html", "canonical"), new URL("news/", site).href);
});

/** The destinations of the links in Markdown, code aside. */
function links(markdown) {
  const prose = markdown.replaceAll(/^( *)(`{3,})[^`\n]*\n[\s\S]*?^ *\2 *$/gm, "").replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
  return [...prose.matchAll(/\]\((?:<([^>]*)>|((?:\\.|[^\s()\\])*))(?: "[^"]*")?\)|<(https?:[^>\s]+)>/g)].map(([, quoted, bare, auto]) => (quoted ?? bare ?? auto).replaceAll(/\\(.)/g, "$1"));
}

test("pages have their text beside them, and its links lead somewhere", () => {
  const twins = files.filter((path) => path.endsWith(".md"));
  const named = [...heads.keys()].map((path) => [path, link(path, "alternate", "text/markdown")]).filter(([, twin]) => twin);
  assert.deepEqual(named.map(([, twin]) => pathOf(twin)).sort(), twins);
  let count = 0;
  for (const [path, twin] of named) {
    assert.ok(indexed.includes(path), path);
    const text = read(pathOf(twin));
    const url = link(path, "canonical");
    assert.match(text, /^# \S/, path);
    assert.ok(text.includes(`\n\nSource: <${url}>\n`), path);
    assert.equal(text.replaceAll(/^( *)(`{3,})[^`\n]*\n[\s\S]*?^ *\2 *$/gm, "").match(/^# /gm).length, 1, `${path} has one title`);
    assert.doesNotMatch(text, /<(nav|script|style|svg|button|div|span)\b/, path);
    for (const to of links(text)) {
      count += 1;
      assert.match(to, /^(https?|mailto):/, `${path}: ${to}`);
      if (to.startsWith(site)) assert.ok(known.has(decodeURI(new URL(to).pathname)), `${path}: ${to}`);
    }
  }
  assert.ok(twins.length > 300, `${twins.length} twins`);
  assert.ok(count > 10 * twins.length, `${count} links`);
});

test("llms.txt has a title, a summary and links that lead somewhere", () => {
  const text = read("llms.txt");
  assert.match(text, /^# .+\n\n> .+\n/);
  assert.ok(text.match(/^## /gm).length > 5);
  const found = links(text);
  for (const to of found) assert.ok(known.has(decodeURI(new URL(to).pathname)), to);
  for (const line of text.split("\n").filter((line) => line.startsWith("- "))) assert.match(line, /^- \[.+\]\(\S+\)(: .+)?$/);
  assert.ok(found.filter((to) => to.endsWith(".md")).length > 100);
  assert.ok(Buffer.byteLength(text) < 50_000, "it fits into a context");
});
