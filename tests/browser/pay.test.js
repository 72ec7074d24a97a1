// The guide's pages from offers: the reference page, and every figure against the data.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { files, opened, pages, read } from "./guide.js";
import { views } from "./browser.js";
import { violations } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const offers = readOffers(readFileSync(new URL("../../content/data/offers.csv", import.meta.url), "utf8"));
const guide = opened();

function readOffers(text) {
  const [head, ...lines] = text.trim().split("\n").map((line) => line.split(","));
  const offer = (cells) => Object.fromEntries(head.map((name, at) => [name, /^\d+$/.test(cells[at]) ? Number(cells[at]) : cells[at]]));
  return lines.map(offer);
}

/** A percentile by linear interpolation, written down anew: the build's own is in Rust. */
function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return Math.round(sorted[below] + (sorted[above] - sorted[below]) * (place - below));
}

const median = (values) => percentile(values, 0.5);
const column = (rows, name) => rows.map((row) => row[name]);

/** In thousands, with three digits below ten thousand, or in millions with two decimals; halves go up. */
function short(amount) {
  if (amount < 10_000) return `$${Number((amount / 1000).toPrecision(3))}K`;
  const thousands = Math.round(amount / 1000);
  return thousands >= 1000 ? `$${Math.round(amount / 1e4) / 100}M` : `$${thousands}K`;
}

const full = (amount) => `$${amount.toLocaleString("en-US")}`;
const range = (from, to) => `${short(from)}–${short(to)}`;

function period(rows) {
  const years = column(rows, "year");
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? `${first}` : `${first}–${last}`;
}

/** The offers of a company and a role, and of a location if one is given. */
function group(company, role, location) {
  return offers.filter((offer) => offer.company === company && offer.role === role && (!location || offer.location === location));
}

/** What the cards of a page have to say of a group of offers. */
function expected(rows) {
  const total = column(rows, "total");
  const base = column(rows, "base");
  return {
    Base: range(percentile(base, 0.4), percentile(base, 0.6)),
    Total: range(percentile(total, 0.4), percentile(total, 0.6)),
    "P25 total": short(percentile(total, 0.25)),
    "Median total": short(median(total)),
    "P75 total": short(percentile(total, 0.75)),
    Offers: rows.length.toLocaleString("en-US"),
    "Median base": short(median(base)),
    "Median annual equity": short(median(column(rows, "equity"))),
  };
}

/** What the cards of a page say, by their labels. */
function facts(html) {
  const cards = html.matchAll(/<dt>([^<]+)<\/dt><dd><span class="figure">([^<]*)<\/span>/g);
  return Object.fromEntries([...cards].map(([, label, value]) => [label, value]));
}

/** Pages of a company and a role, and of a location if they have three parts. */
function guides(parts) {
  const paths = pages.map((path) => path.split("/")).filter((path) => path[0] === "companies" && path.length === parts + 2);
  return paths.map((path) => ({ path: path.join("/"), slugs: path.slice(1, -1) }));
}

async function open(url, options) {
  const context = await guide.chromium.browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(guide.site.origin + url, { waitUntil: "load" });
  return { page, close: () => context.close() };
}

test("the reference page has every section, in order", async () => {
  const { page, close } = await open(reference, views[0]);
  assert.equal(await page.locator("h1").innerText(), "Amazon Senior Data Engineer Interview in Boston / Cambridge (L6)");
  const ids = await page.locator("h2").evaluateAll((headings) => headings.map((heading) => heading.id));
  const sections = ["compensation", "practice", "location", "loop", "level-bar", "behavioral", "plan", "see-also", "questions", "continue"];
  assert.deepEqual(ids, sections);
  const head = await page.locator(".page-head").innerText();
  for (const said of ["Leadership Principles", "Bar Raiser", "5–8 years", "Boston / Cambridge, MA", "$167K–$207K", "$279K–$378K", "4.8 hours"]) {
    assert.ok(head.includes(said), said);
  }
  const problems = await page.locator("#practice ~ .problems h3").allInnerTexts();
  for (const title of ["The New Arrivals", "Type Caster", "Content Engagement Data Model", "The Distributor Filing Problem"]) {
    assert.ok(problems.includes(title), title);
  }
  assert.equal(await page.locator(".problems .starter pre").count(), problems.length, "each has code to start from");
  const [rounds, tips] = [await page.locator(".rounds > li").count(), await page.locator(".rounds .tips li").count()];
  assert.ok(rounds >= 5);
  assert.equal(tips, rounds * 3);
  assert.equal(await page.locator("#level-bar ~ .cards .card").count(), 4);
  for (const name of ["Dive Deep", "Ownership", "Bias for Action", "Earn Trust"]) {
    assert.ok((await page.locator("#behavioral ~ .cards h3").allInnerTexts()).includes(name), name);
  }
  assert.equal(await page.locator(".stages > li").count(), 5);
  assert.equal(await page.locator(".questions .question").count(), 6);
  assert.deepEqual(await page.locator(".continue h3 a").allInnerTexts(), ["By round", "By company", "By role", "By technology"]);
  await close();
});

test("the reference page's figures are those of its offers", async () => {
  const { page, close } = await open(reference, views[0]);
  const rows = group("amazon", "senior-data-engineer", "boston-cambridge");
  const everywhere = group("amazon", "senior-data-engineer");
  const [total, all] = [column(rows, "total"), column(everywhere, "total")];
  const card = await page.locator("section:has(#compensation)").innerText();
  assert.ok(card.includes(`${rows.length} offers`) && card.includes(period(rows)), "the count and the period");
  assert.ok(card.includes("linear interpolation"), "the method");
  const lows = [0.1, 0.9].map((share) => percentile(column(rows, "experience"), share));
  assert.ok(card.includes(`${lows.join("–")} years`), "experience");

  await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  const cells = (label) => page.locator(`[role=region][aria-label^="${label}"] tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const years = [...new Set(column(rows, "year"))].sort();
  const ofYear = (year) => rows.filter((row) => row.year === year);
  const medians = years.map((year) => [`${year}`, full(median(column(ofYear(year), "total"))), `${ofYear(year).length}`]);
  assert.deepEqual(await cells("Median total by year"), medians);
  const shown = [0.25, 0.4, 0.5, 0.6, 0.75].map((share) => full(percentile(total, share)));
  assert.deepEqual(await cells("Total a year, Amazon"), [[...shown, `${rows.length}, ${period(rows)}`]]);

  const difference = Math.round((100 * (median(total) - median(all))) / median(all));
  const location = await page.locator("section:has(#location)").innerText();
  assert.ok(location.includes(`about ${-difference}% below`), location);
  const answer = await page.locator("#question-loop-pay + .prose").innerText();
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => short(percentile(total, share)));
  assert.ok(answer.includes(`Across ${rows.length} offers from ${period(rows)} (sample data)`), answer);
  assert.ok(answer.includes(`${low} (P25), ${middle} (median) and ${high} (P75)`), answer);
  await close();
});

for (const [parts, name] of [[2, "a company and a role"], [3, "a company, a role and a location"]]) {
  test(`every page of ${name} has the figures of its offers or none`, () => {
    let count = 0;
    for (const { path, slugs } of guides(parts)) {
      const html = read(path);
      const said = facts(html);
      const rows = group(...slugs);
      if (!html.includes('id="compensation"')) {
        assert.deepEqual(Object.keys(said).filter((label) => /total|base|equity/i.test(label)), [], path);
        continue;
      }
      assert.ok(rows.length >= 5, `${path} shows figures of ${rows.length} offers`);
      for (const [label, value] of Object.entries(expected(rows))) assert.equal(said[label], value, `${path}: ${label}`);
      count += 1;
    }
    assert.ok(count > 100, `${count} pages were compared`);
  });
}

test("a page is indexed if enough offers stand behind it", () => {
  for (const { path, slugs } of [...guides(2), ...guides(3)]) {
    const html = read(path);
    const enough = html.includes('id="compensation"') && group(...slugs).length >= 20;
    assert.equal(html.includes('<meta name="robots" content="noindex">'), !enough, path);
  }
});

test("wherever figures of offers are shown, their source is", () => {
  for (const path of files.filter((path) => path.endsWith(".html"))) {
    const html = read(path);
    for (const [figure] of html.matchAll(/<figure class="chart">.*?<\/figure>/gs)) {
      assert.match(figure, /<figcaption>.*sample data.*<\/figcaption>/, path);
      assert.match(figure, /<svg[^>]* role="img" aria-label="[^"]{20,}"/, path);
    }
    for (const [list] of html.matchAll(/<dl class="facts">.*?<\/dl>/gs)) {
      if (!list.includes("$")) continue;
      const at = html.indexOf(list);
      const around = html.slice(at - 400, at) + html.slice(at + list.length, at + list.length + 400);
      assert.match(around, /class="meta basis">.*offers.*linear interpolation.*sample data/, path);
    }
    for (const [answer] of html.matchAll(/<div class="question">.*?<\/div>/gs)) {
      if (/\$\d/.test(answer)) assert.match(answer, /sample data/, path);
    }
  }
});

test("every picture of the reference page has a table beside it", async () => {
  const { page, close } = await open(reference, views[0]);
  assert.equal(await page.locator("figure.chart").count(), 3);
  assert.equal(await page.locator("figure.chart:has(svg[role=img]):has(details table)").count(), 3);
  await close();
});

test("pictures can be read on a narrow screen", async () => {
  for (const url of [reference, "/companies/amazon/principal-data-engineer/", "/roles/senior-data-engineer/"]) {
    const { page, close } = await open(url, views[2]);
    const problems = await page.locator("figure.chart svg").evaluateAll((pictures) => {
      const problems = [];
      for (const picture of pictures) {
        const texts = [...picture.querySelectorAll("text")].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect(), size: parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a }));
        for (const [at, one] of texts.entries()) {
          if (one.size < 12) problems.push(`${one.said} is ${one.size} px`);
          if (one.box.left < 0 || one.box.right > document.documentElement.clientWidth) problems.push(`${one.said} is cut off`);
          for (const other of texts.slice(at + 1)) {
            const apart = one.box.right <= other.box.left || other.box.right <= one.box.left || one.box.bottom - 2 <= other.box.top || other.box.bottom - 2 <= one.box.top;
            if (!apart) problems.push(`${one.said} touches ${other.said}`);
          }
        }
      }
      return problems;
    });
    assert.deepEqual(problems, [], url);
    await close();
  }
});

test("the reference page is accessible with all of it open", async () => {
  for (const view of views) {
    const { page, close } = await open(reference, view);
    await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${view.name}: nothing is wider than the screen`);
    assert.deepEqual(await violations(page), [], view.name);
    await close();
  }
});
