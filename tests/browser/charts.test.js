// Charts and tables of data on a small site with a plain theme of its own.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { start, views } from "./browser.js";
import { serve } from "./guide.js";
import { open, overflow, violations, visit } from "./look.js";
import { program } from "./program.js";

const files = {
  "site.toml": `title = "Charts"\nbase_url = "https://example.com"\nlanguage = "sv"\ntheme = "./plain"\n`,
  "plain/theme.toml": `
extends = "sitegen/charts"
[collections.notes]
singular = "note"
[collections.notes.fields]
title = "string"
[datasets.pay.fields]
year = "int"
team = "string"
low = "int"
median = "int?"
high = "int"
[pages.note]
from = "notes"
path = "/{note.slug}/"
template = "note.html"
[headers]
files = ["netlify"]
`,
  "plain/templates/note.html": `<!doctype html>
<html lang="{{ site.language }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ note.title }}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{{ asset(name="plain.css") }}"></head>
<body><main><h1>{{ note.title }}</h1>{{ note.body }}</main></body></html>`,
  "plain/assets/plain.css": `:root { color-scheme: light dark; } body { margin: 1rem; font: 1rem/1.5 sans-serif; background: Canvas; color: CanvasText; } .table { overflow-x: auto; } figure { margin: 0; }`,
  "content/data/pay.csv": `year,team,low,median,high
2023,Ö,90000,100000,140000
2024,Ö,95000,,150000
2025,Ö,99000,125000,155000
2023,Z,70000,90000,99000
2024,Z,72000,91000,104000
2025,Z,75000,"97000",108000
`,
  "content/notes/all.md": `+++
title = "All charts"
+++
{{<line_chart label="A course" from="pay" x="year" y="median" series="team" format="money" y_label="A year" />}}

{{<bar_chart label="Lying" from="pay" x="year" y="median" series="team" format="money" />}}

{{<bar_chart label="Standing" from="pay" x="year" y="median" series="team" format="money" vertical={true} />}}

{{<range_chart label="Ranges" from="pay" x="team" row_note="year" low="low" mark="median" high="high" format="money" mark_label="median" range_label="half" />}}

{{<histogram label="Shape" from="pay" x="low" format="money" />}}

{{<scatter_chart label="Cloud" from="pay" x="low" y="high" name="team" series="team" format="money" x_format="money" />}}

{{<sparkline label="Small" from="pay" x="year" y="high" />}}

{{<data_table label="Table" from="pay" columns="team, year: plain, median: money" />}}
`,
};

const charts = {};
let folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-charts-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(program, ["build", "--root", folder], { stdio: "pipe" });
  charts.site = await serve(join(folder, "public"));
  charts.chromium = await start();
});

after(async () => {
  await charts.chromium?.stop();
  charts.site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const view of [...views, { ...views[1], name: "forced colors", forcedColors: "active" }]) {
  test(`charts are accessible and fit, ${view.name}`, async () => {
    const { page, problems, close } = await open(charts, "/all/", { ...view, reducedMotion: "reduce" });
    assert.equal(await page.locator("figure.chart").count(), 7);
    await page.locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    const { width, wide } = await overflow(page);
    assert.equal(width, 0, `wider than the screen by ${width}: ${wide.slice(0, 5).join(" ")}`);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(problems, []);
    await close();
  });
}

test("texts of axes keep their size and their distance on a phone", async () => {
  const { page, close } = await visit(charts, "/all/", { viewport: { width: 360, height: 800 } });
  const problems = await page.locator(".chart-axis").evaluateAll((axes) =>
    axes.flatMap((axis) => {
      const texts = [...axis.querySelectorAll("text")].filter((text) => getComputedStyle(text).display !== "none");
      const boxes = texts.map((text) => ({ said: text.textContent, ...text.getBoundingClientRect().toJSON(), size: parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a }));
      const small = boxes.filter(({ size }) => size < 12).map(({ said }) => `${said} is small`);
      const near = boxes.slice(1).filter(({ left }, at) => left < boxes[at].right + 2).map(({ said }) => `${said} is near`);
      return boxes.length < 2 ? ["there are no texts"] : [...small, ...near];
    }),
  );
  assert.deepEqual(problems, []);
  await close();
});

test("a drawing says what it shows", async () => {
  const { page, close } = await visit(charts, "/all/");
  const said = await page.locator(".chart-of-lines [role=img]").getAttribute("aria-label");
  assert.match(said, /^Ö: 2 figures: \$100K \(2023\) at the beginning, \$125K \(2025\) at the end\..* Z: 3 figures: \$90K/);
  assert.equal(await page.locator(".chart-of-lines .chart-note").first().innerText(), "1 of 6 has no figure and is left out.");
  await close();
});

const column = (page, number) => page.locator(`.data-table tbody tr:visible td:nth-child(${number})`).allInnerTexts();

test("a table is sorted by what its columns hold, in the language's order", async () => {
  const { page, close } = await visit(charts, "/all/");
  const head = (name) => page.locator(".data-table th", { hasText: name });
  await head("Team").getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await column(page, 1), ["Z", "Z", "Z", "Ö", "Ö", "Ö"], "in Swedish, Ö comes after Z");
  assert.equal(await head("Team").getAttribute("aria-sort"), "ascending");
  await head("Median").getByRole("button").click();
  await head("Median").getByRole("button").click();
  assert.equal(await head("Team").getAttribute("aria-sort"), null);
  assert.equal(await head("Median").getAttribute("aria-sort"), "descending");
  assert.deepEqual(await column(page, 3), ["$125,000", "$100,000", "$97,000", "$91,000", "$90,000", ""], "by size, not by letters, and what is nothing last");
  await head("Median").getByRole("button").click();
  assert.deepEqual(await column(page, 1), ["Ö", "Ö", "Ö", "Z", "Z", "Z"], "as it was");
  assert.deepEqual(await violations(page), []);
  await close();
});

test("a table is filtered by words, and says how many rows are left", async () => {
  const { page, close } = await visit(charts, "/all/");
  await page.getByLabel("Filter").fill("o 2025");
  assert.deepEqual(await column(page, 2), ["2025"]);
  assert.equal(await page.locator(".data-table [role=status]").innerText(), "Rows shown: 1 of 6");
  await page.getByLabel("Filter").fill("");
  assert.equal((await column(page, 2)).length, 6);
  await close();
});

test("what a table shows can be downloaded, figures as they are", async () => {
  const { page, close } = await visit(charts, "/all/", { acceptDownloads: true });
  await page.getByLabel("Filter").fill("z");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  assert.equal(download.suggestedFilename(), "table.csv");
  assert.equal(readFileSync(await download.path(), "utf8"), "\ufeffTeam,Year,Median\r\nZ,2023,90000\r\nZ,2024,91000\r\nZ,2025,97000\r\n");
  await close();
});

test("without a script a table is whole, and has nothing that would do nothing", async () => {
  const { page, close } = await visit(charts, "/all/", { javaScriptEnabled: false });
  assert.equal((await column(page, 1)).length, 6);
  assert.equal(await page.locator(".data-table :is(button, input):visible").count(), 0);
  assert.ok(await page.locator(".chart-area").first().isVisible());
  await close();
});

test("from right to left, axes run so, and texts are upright", async () => {
  const { page, close } = await visit(charts, "/all/");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const axes = await page.locator(".chart-axis").evaluateAll((axes) => axes.map((axis) => [...axis.querySelectorAll("text")].map((text) => ({ x: text.getBoundingClientRect().x, upright: text.getScreenCTM().a > 0 }))));
  for (const texts of axes) assert.ok(texts[0].x > texts.at(-1).x && texts.every(({ upright }) => upright));
  assert.equal((await overflow(page)).width, 0);
  await close();
});
