// A site that has little: companies, rounds and problems, but no roles, and names that are no HTML. Its plans are made of what there is.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "./browser.js";
import { serve } from "./guide.js";
import { program } from "./program.js";

const files = {
  "site.toml": `title = "Little"\nbase_url = "https://example.com"\ntheme = "guide"`,
  "content/companies/odd.toml": `name = '<b>Odd</b> & "Co"'\nsummary = "It is odd."\n${["talk", "write"].map((round) => `[[loop]]\nround = "${round}"\nsources = ["seen"]`).join("\n")}`,
  "content/companies/even.toml": `name = "Even"\nsummary = "It is even."\n[[loop]]\nround = "write"\nminutes = 90\nsources = ["seen"]`,
  "content/rounds/talk.toml": `name = "<i>Talk</i>"\nkind = "screen"\norder = 1\nminutes = 30\nonsite = false\nsummary = "x"\ntips = []`,
  "content/rounds/write.toml": `name = "Write"\nkind = "coding"\norder = 2\nminutes = 60\nsummary = "x"\ntips = []`,
  "content/sources/seen.toml": `title = "Seen"\npublisher = "P"\nlink = "https://example.com/"\nread = 2026-01-01\nquote = "q"`,
  "content/skills/sums.toml": `name = "Sums"\narea = "sql"\nsummary = "x"`,
  "content/problems/model.toml": `title = "A model"\nkind = "modeling"\ndifficulty = "easy"\nminutes = 15\nskills = ["sums"]\nrounds = ["write"]\nsummary = "x"`,
};

let folder, site, chromium;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sitegen-bare-"));
  cpSync(fileURLToPath(new URL("../../themes", import.meta.url)), join(folder, "themes"), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync(program, ["build", "--root", folder], { stdio: "pipe" });
  site = await serve(join(folder, "public"));
  chromium = await start();
});

after(async () => {
  await chromium?.stop();
  site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function planned(query) {
  const page = await chromium.browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.clock.setFixedTime(new Date("2026-11-27T10:00:00"));
  await page.goto(`${site.origin}/interview/${query}`);
  await page.locator(".interview-weeks").waitFor();
  assert.deepEqual(errors, []);
  return page;
}

test("a plan is made without roles, says so, and draws the loop that is known", async () => {
  const page = await planned("?company=odd&date=2026-12-18");
  assert.match(await page.locator(".interview-plan header").innerText(), /^<b>Odd<\/b> & "Co".*21 days.*This guide has no roles/s);
  assert.deepEqual(await page.locator(".interview-plan .score span").allInnerTexts(), ["<i>Talk</i>", "Write"]);
  assert.ok((await page.locator(".interview-weeks").innerText()).includes("Solve: A model"));
  assert.equal(await page.locator(".interview-plan :is(b:not(.figure):not(.score b), i)").count(), 0, "a name is no HTML");
  assert.deepEqual(await page.locator(".interview-form select:visible").evaluateAll((all) => all.map(({ name }) => name)), ["company", "hours"], "it asks for what it has");
  await page.close();
});

test("a date alone is enough", async () => {
  const page = await planned("?date=2026-12-04");
  assert.match(await page.locator(".interview-plan h2").innerText(), /^Your interview$/);
  assert.equal(await page.locator(".interview-plan .score").count(), 0, "no loop is made up");
  await page.locator(".interview-how summary").click();
  assert.match(await page.locator(".interview-how p").innerText(), /what the plan says \(this guide has none\)/);
  await page.close();
});

test("two companies are compared without roles, by what is known of their loops", async () => {
  const page = await chromium.browser.newPage();
  await page.goto(`${site.origin}/compare/odd-or-even/`);
  assert.deepEqual(await page.locator(".score-rows a").allInnerTexts(), ['<b>Odd</b> & "Co"', "Even"]);
  assert.deepEqual(await page.locator(".score-rows .notes").evaluateAll((all) => all.map((notes) => notes.querySelectorAll("i").length)), [2, 1]);
  await page.close();
});
