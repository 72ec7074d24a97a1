// What the directory theme says of data: of its own sample, and of what nobody here wrote, in ../shared/data. It is computed here once more.

import test, { after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./program.js";

const folder = mkdtempSync(join(tmpdir(), "sitegen-directory-data-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const shared = new URL("../../../shared/data/", import.meta.url);
const without = { skip: !existsSync(shared) && `there is no ${fileURLToPath(shared)}` };

/** Builds an example over so many lines of a file of real data, if it has none of its own; gives a function that reads what is published. */
function build(name, file, lines = Infinity) {
  const site = join(folder, name);
  cpSync(fileURLToPath(new URL(`../directory/${name}`, import.meta.url)), site, { recursive: true });
  if (file) {
    mkdirSync(join(site, "content/data"), { recursive: true });
    writeFileSync(join(site, "content/data", file), readFileSync(new URL(file, shared), "utf8").split("\n").slice(0, lines).join("\n"));
  }
  execFileSync(program, ["build", "--strict", "--root", site], { stdio: "pipe" });
  return (path) => readFileSync(join(site, "public", path), "utf8");
}

const listed = (page) => [...page.matchAll(/<th scope="row">/g)].length;
const pagesBelow = (path) => readdirSync(join(folder, path), { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;

test("each number stands where it is among all, and each value lists the things that have it", () => {
  const read = build("parks");
  const rows = read("data/parks.csv").trim().split("\n").slice(1).map((line) => line.split(","));
  const areas = rows.map(([, , , area]) => Number(area));
  const pages = new Map(readdirSync(join(folder, "parks/public/parks")).map((slug) => read(`parks/${slug}/index.html`)).map((page) => [page.match(/<h1>(.*)<\/h1>/)[1], page]));
  assert.equal(pages.size, 63);
  rows.forEach(([name], at) => {
    const below = areas.filter((area) => area < areas[at]).length;
    const above = areas.filter((area) => area > areas[at]).length;
    const said = above === 0 ? "the most of" : below === 0 ? "the least of" : `more than ${Math.round((100 * below) / 63)}% of`;
    assert.ok(pages.get(name).includes(`</b> ${said} 63 parks</p>`), `${name}: ${said}`);
  });
  for (const feature of ["volcano", "glacier", "cave"]) {
    const those = rows.filter(([, , , , features]) => features.split(";").includes(feature)).length;
    assert.equal(listed(read(`by/features/${feature}/index.html`)), those, feature);
  }
});

test("803 companies have a page each, and lists of them have parts", without, () => {
  const read = build("companies", "hiring-without-whiteboards.csv");
  assert.equal(pagesBelow("companies/public/companies"), 803);
  assert.equal(listed(read("index.html")), 100);
  assert.equal(listed(read("page/9/index.html")), 3);
  assert.ok(!read("companies/abstract/index.html").includes("Interview process</h2>"), "what a company does not say is not shown");
  assert.ok(read("compare/choices.json").includes('["1000-software","1000.software","/companies/1000-software/"]'));
});

test("rows of one title have pages of their own, and of very many with a value the first are listed", without, () => {
  const read = build("salaries", "aijobs-salaries.csv", 2002);
  assert.equal(pagesBelow("salaries/public/salaries"), 2001);
  const page = read("salaries/consultant-pl-2022/index.html");
  assert.ok(page.includes('<a href="/by/year/2022/">2022</a>'), "a year is no amount");
  assert.ok(page.includes("$120,000"));
  assert.match(read("by/employment/ft/index.html"), /The first 1,000 of [12],\d{3} salaries/);
  assert.equal(pagesBelow("salaries/public/by/employment/ft/page"), 9);
  assert.ok(!existsSync(join(folder, "salaries/public/compare")), "so many are not compared");
});
