// What the guide says of pay: the reference page, every figure against its data, and where sample data may not stand.

import test from "node:test";
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { files, opened, pages, read, redirects } from "./guide.js";
import { views } from "./browser.js";
import { violations, visit } from "./look.js";

const reference = "/companies/amazon/senior-data-engineer/boston-cambridge/";
const offers = readOffers(readFileSync(new URL("../../content/data/offers.csv", import.meta.url), "utf8"));
const guide = opened();

function readOffers(text) {
  const [head, ...lines] = text.trim().split("\n").map((line) => line.split(","));
  const offer = (cells) => Object.fromEntries(head.map((name, at) => [name, /^\d+$/.test(cells[at]) ? Number(cells[at]) : cells[at]]));
  return lines.map(offer);
}

/** A percentile by linear interpolation, written down anew: the build's own is in Rust. */
function exact(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

const column = (rows, name) => rows.map((row) => row[name]);

/** In thousands, with three digits below ten thousand, or in millions with two decimals; halves go up. */
function short(amount) {
  if (amount < 10_000) return `$${Number((amount / 1000).toPrecision(3))}K`;
  const thousands = Math.round(amount / 1000);
  return thousands >= 1000 ? `$${Math.round(amount / 1e4) / 100}M` : `$${thousands}K`;
}

const full = (amount) => `$${amount.toLocaleString("en-US")}`;

function period(rows) {
  const years = column(rows, "year");
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? `${first}` : `${first}–${last}`;
}

/** The offers of a company and a role, and of a location if one is given. */
function group(company, role, location) {
  return offers.filter((offer) => offer.company === company && offer.role === role && (!location || offer.location === location));
}

/** What the section about offers has to say of a group of them: rounded to thousands, so that no figure is one of the offers. */
function expected(rows) {
  const total = column(rows, "total");
  const rounded = (values, share) => short(Math.round(exact(values, share) / 1000) * 1000);
  return {
    "P25 total": rounded(total, 0.25),
    "Median total": rounded(total, 0.5),
    "P75 total": rounded(total, 0.75),
    Offers: rows.length.toLocaleString("en-US"),
    "Median base": rounded(column(rows, "base"), 0.5),
    "Median annual equity": rounded(column(rows, "equity"), 0.5),
  };
}

/** What the cards of a page say, by their labels. */
function facts(html) {
  const cards = html.matchAll(/<dt>([^<]+)<\/dt><dd><span class="figure">([^<]*)<\/span>/g);
  return Object.fromEntries([...cards].map(([, label, value]) => [label, value]));
}

/** Pages of a company and a role, and of a location if they have three parts. */
function guides(parts) {
  const own = pages.filter((path) => !redirects(path));
  const paths = own.map((path) => path.split("/")).filter((path) => path[0] === "companies" && path.length === parts + 2);
  return paths.map((path) => ({ path: path.join("/"), slugs: path.slice(1, -1) }));
}

/** The rows of the tables of wages on a page, as texts of their cells. */
function wages(html) {
  const table = html.match(/<div class="table" role="region" aria-label="A year&#39;s pay by source".*?<\/table>/s)?.[0] ?? html.match(/aria-label="A year's pay by source".*?<\/table>/s)?.[0] ?? "";
  const rows = [...table.matchAll(/<tr>(<th scope="row">.*?)<\/tr>/gs)].map(([, row]) => row);
  return rows.map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell.trim()));
}

const open = (url, options) => visit(guide, url, options);

test("the reference page has every section, in order", async () => {
  const { page, close } = await open(reference, views[0]);
  assert.equal(await page.locator("h1").innerText(), "Amazon Senior Data Engineer Interview in Boston / Cambridge (L6)");
  const ids = await page.locator("h2").evaluateAll((headings) => headings.map((heading) => heading.id));
  const sections = ["compensation", "practice", "location", "loop", "level-bar", "behavioral", "plan", "see-also", "questions", "continue"];
  assert.deepEqual(ids, sections);
  const head = await page.locator(".page-head").innerText();
  for (const said of ["Leadership Principles", "Bar Raiser", "5–8 years", "Boston / Cambridge, MA", "$162K", "May 2025"]) {
    assert.ok(head.includes(said), said);
  }
  assert.ok((await page.locator("#practice ~ .problems h3").count()) >= 3);
  assert.ok((await page.locator("#practice ~ .problems .solve").count()) >= 1, "problems run here");
  assert.ok((await page.locator(".score li").count()) >= 4);
  for (const name of ["Dive Deep", "Ownership", "Bias for Action", "Earn Trust"]) {
    assert.ok((await page.locator("section:has(#behavioral)").innerText()).includes(name), name);
  }
  assert.ok((await page.locator(".questions .question").count()) >= 6);
  assert.deepEqual(await page.locator(".continue li a").allInnerTexts(), ["By round", "By company", "By role", "By technology"]);
  await close();
});

test("the reference page's figures are those of its offers", async () => {
  const { page, close } = await open(reference, views[0]);
  const rows = group("amazon", "senior-data-engineer", "boston-cambridge");
  const said = await page.locator(".offers").innerText();
  for (const figure of ["$215K", "$334K", "$430K", "$181K", "$132K", "208", "2021–2026", "L6", "10–20 years", "median 14"]) assert.ok(said.includes(figure), figure);
  const years = [...new Set(column(rows, "year"))].sort();
  await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  const cells = (label) => page.locator(`[aria-label^="${label}"] tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const ofYear = (year) => column(rows.filter((row) => row.year === year), "total");
  const medians = years.map((year) => [`${year}`, full(Math.round(exact(ofYear(year), 0.5) / 1000) * 1000), `${ofYear(year).length}`]);
  assert.deepEqual(await cells("Median total by year"), medians);
  const everywhere = column(group("amazon", "senior-data-engineer"), "total");
  const [here, all] = [column(rows, "total"), everywhere].map((values) => Math.round(exact(values, 0.5) / 1000) * 1000);
  assert.ok(said.includes(`about ${-Math.round((100 * (here - all)) / all)}% below`), said);
  const answer = await page.locator("#question-loop-pay + .prose").innerText();
  assert.ok(answer.includes(`Across ${rows.length} offers from ${period(rows)} (sample data)`), answer);
  assert.ok(answer.includes("$215K (P25), $334K (median) and $430K (P75)"), answer);
  await close();
});

test("figures of offers are those of at least eleven, and marked once", () => {
  let count = 0;
  for (const { path, slugs } of [...guides(2), ...guides(3)]) {
    const html = read(path);
    if (!html.includes('class="offers"')) continue;
    const [section] = html.match(/<div class="offers" data-nosnippet>.*?<\/section>/s);
    const rows = group(...slugs);
    assert.ok(rows.length >= 11, `${path} shows figures of ${rows.length} offers`);
    const said = facts(section);
    for (const [label, value] of Object.entries(expected(rows))) assert.equal(said[label], value, `${path}: ${label}`);
    assert.equal(section.match(/sample data/g).length, 1, path);
    for (const row of rows) assert.ok(!section.includes(full(row.total)) || row.total % 1000 === 0, path);
    count += 1;
  }
  assert.ok(count > 5, `${count} pages were compared`);
});

test("no sample stands where others read it by themselves", () => {
  for (const path of pages) {
    const html = read(path).replace(/<div class="offers" data-nosnippet>.*?<\/section>/gs, "");
    const graph = html.match(/<script type="application\/ld\+json">.*?<\/script>/s)?.[0] ?? "";
    assert.ok(!/sample|\$\d/i.test(graph), path);
    assert.ok(!/<meta[^>]*sample data/i.test(html), path);
    const head = html.match(/<header class="page-head">.*?<\/header>/s)?.[0] ?? "";
    assert.ok(!/sample data/.test(head), path);
  }
  assert.ok(!/sample data|\$\d/.test(read("feed.xml")));
  assert.deepEqual(files.filter((path) => path.endsWith(".csv")), []);
});

test("a page is for search engines if its company's loop is known, one of a place if all of it is and what the work earns there", () => {
  for (const { path, slugs } of [...guides(2), ...guides(3)]) {
    const html = read(path);
    const [title] = html.match(/The common loop|What is known of the loop|The loop(?=<\/h2>)/);
    const unknown = slugs.length === 2 ? ["The common loop"] : ["The common loop", "What is known of the loop"];
    const untold = unknown.includes(title) || (slugs.length === 3 && wages(html).length === 0);
    assert.equal(html.includes('<meta name="robots" content="noindex">'), untold, path);
  }
});

test("of a part of a loop no length is said, nor that its rounds are all", async () => {
  const parts = pages.filter((path) => !redirects(path) && read(path).includes(">What is known of the loop</h2>"));
  assert.ok(parts.length >= 4);
  for (const path of parts) {
    const html = read(path);
    const said = facts(html);
    assert.ok("Known rounds" in said || "Known round" in said, path);
    assert.ok(!("Loop" in said) && !("Rounds" in said), path);
    assert.ok(html.includes("The rest is not known"), path);
    assert.ok(!html.includes('<ol class="rounds">'), path);
    const blocks = html.match(/<div class="score">.*?<ul class="loop-key"/s)[0].match(/<li .*?<\/li>/gs);
    const known = blocks.filter((block) => !/^<li class="[^"]*\bassumed\b/.test(block));
    assert.equal(known.length, Number(said["Known rounds"] ?? said["Known round"]), `${path}: the rest is outlined`);
    assert.ok(blocks.length > known.length && !blocks.some((block) => block.includes("<b>")), `${path}: no order is said`);
    assert.ok(html.includes("outlined: not known of this company"), path);
  }
  for (const path of parts.filter((path) => path.split("/").length < 5)) {
    const rounds = read(path).match(/<ul class="rounds">.*?<\/section>/s)[0];
    assert.equal([...rounds.matchAll(/<ul class="cited"/g)].length, [...rounds.matchAll(/<h3 /g)].length, path);
  }
});

const shared = new URL("../../../shared/data/", import.meta.url);
test("wages and the survey are rows of what was published", { skip: !existsSync(shared) }, () => {
  const lines = (url) => readFileSync(url, "utf8").trim().split(/\r?\n/);
  for (const [copy, source, kept] of [
    ["wages", "bls-oews-2025", (line) => true],
    ["survey", "aijobs-salaries", ([, , , title, , , , , , country]) => ["Data Engineer", "Analytics Engineer"].includes(title) && ["US", "GB", "IE", "CA", "DE", "IN"].includes(country)],
  ]) {
    const [head, ...rows] = lines(new URL(`../../content/data/${copy}.csv`, import.meta.url));
    const published = lines(new URL(`${source}.csv`, shared));
    assert.equal(head, published[0]);
    const all = new Set(published);
    for (const row of rows) assert.ok(all.has(row), row);
    if (copy === "survey") assert.equal(rows.length, published.slice(1).filter((line) => kept(line.split(","))).length, "equal rows are different people");
  }
});

test("every figure of wages is the published one", () => {
  const cells = (line) => [...line.matchAll(/("[^"]*"|[^,]*)(,|$)/g)].map(([, cell]) => cell.replaceAll('"', ""));
  const rows = readFileSync(new URL("../../content/data/wages.csv", import.meta.url), "utf8").trim().split("\n").slice(1).map(cells);
  const published = new Map(rows.map(([, , area, , occupation, jobs, , , , p25, median, p75]) => [`${occupation}, ${area}`.toLowerCase(), [p25, median, p75].map((amount) => short(Number(amount))).concat(`${Number(jobs).toLocaleString("en-US")} jobs`)]));
  const answers = readFileSync(new URL("../../content/data/survey.csv", import.meta.url), "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
  const words = { EN: "entry level", MI: "mid level", SE: "senior level" };
  let count = 0;
  for (const path of pages) {
    for (const [who, ...said] of wages(read(path))) {
      const national = who.replace(/, United States$/, ", National").toLowerCase();
      const survey = who.match(/^(.*), (entry|mid|senior) level, ([A-Z]{2})$/);
      if (survey) {
        const usd = answers.filter(([, level, , title, , , , , , country]) => title === survey[1] && words[level] === `${survey[2]} level` && country === survey[3]).map((row) => Number(row[6]));
        assert.ok(usd.length >= 30, `${path}: ${who}`);
        assert.deepEqual(said.slice(0, 3), [0.25, 0.5, 0.75].map((share) => short(Math.round(exact(usd, share)))), `${path}: ${who}`);
        assert.ok(said[3].startsWith(`${usd.length.toLocaleString("en-US")} answers, `), `${path}: ${said[3]}`);
      } else assert.deepEqual(said, published.get(national), `${path}: ${who}`);
      count += 1;
    }
  }
  assert.ok(count > 20, `${count} rows were compared`);
});

test("every chart of the reference page says its figures, and has a table", async () => {
  const { page, close } = await open(reference, views[0]);
  assert.equal(await page.locator("figure.chart").count(), 3);
  assert.equal(await page.locator("figure.chart:has(figcaption):has(.chart-list li, .chart-area):has(details table)").count(), 3);
  const silent = await page.locator(".chart-list > li").evaluateAll((rows) => rows.filter((row) => !/Median \$[\d.]+[KM]/.test(row.innerText.replace(/\s+/g, " "))).length);
  assert.equal(silent, 0, "what is drawn is said");
  await close();
});

test("pictures can be read on a narrow screen", async () => {
  for (const url of [reference, "/companies/amazon/senior-data-engineer/"]) {
    const { page, close } = await open(url, views[2]);
    const problems = await page.locator("figure.chart").evaluateAll((pictures) => {
      const problems = [];
      for (const picture of pictures) {
        const texts = [...picture.querySelectorAll("text:not(.roomy), .chart-name, .chart-value, .chart-unit, .chart-up span")].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect(), size: parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM?.().a ?? 1) }));
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
