// "My interview is in three weeks": what a reader chooses, the plan that follows, and what is kept of it.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { views } from "./browser.js";
import { files, opened, pages, read } from "./guide.js";
import { choose, eventually, follow, lettered, overflow, violations } from "./look.js";
import { dayOf, plan, subject, written } from "../../themes/guide/assets/interview-plan.js";

const guide = opened();
const home = "/interview/";
const amazon = "?company=amazon&role=senior-data-engineer&place=boston-cambridge&date=2026-12-18";
const now = new Date("2026-11-27T10:00:00");

/** A page on a day that does not end, as a reader has it who comes for the first time, or with something in store. */
async function open(url, { kept, at = now, ...options } = {}) {
  const context = await guide.chromium.browser.newContext({ ...views[0], reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.clock.setFixedTime(at);
  if (kept) await page.addInitScript((kept) => localStorage.getItem("interview") ?? localStorage.setItem("interview", kept), typeof kept === "string" ? kept : JSON.stringify(kept));
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  if (url) {
    await page.goto(guide.site.origin + url);
    await lettered(page);
  }
  const planned = () => page.locator(".interview:not([aria-busy]) .interview-weeks").waitFor();
  return { page, context, planned, close: async () => (assert.deepEqual(errors, []), context.close()) };
}

const store = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("interview")));
const query = (page) => page.evaluate(() => location.search);
const boxes = (page) => page.locator(".interview-weeks [data-step]").evaluateAll((all) => all.map((box) => box.dataset.step));
const weeks = (page) => page.locator(".interview-weeks h3").allInnerTexts();
const head = (page) => page.locator(".interview-plan header").innerText();

test("from the home page to a plan for Amazon, senior, in Boston, in three weeks, by keyboard", async () => {
  const { page, planned, close } = await open("/");
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focus = () => page.evaluate(() => document.activeElement.name || document.activeElement.textContent);
  for (let step = 0; step < 20 && (await focus()) !== "My interview"; step += 1) await press("Tab");
  await follow(page, () => press("Enter"));
  assert.equal(new URL(page.url()).pathname, home);
  await page.locator("[name=company] option", { hasText: "Amazon" }).waitFor({ state: "attached" });
  for (let step = 0; step < 20 && (await focus()) !== "company"; step += 1) await press("Tab");
  // The focus brings the script for what is chosen, which fills the form as the address says and asks for the style of plans.
  await page.locator("html:has(link[href*=interview-plan]) .interview:not([aria-busy])").waitFor();
  await choose(page, "amazon");
  await page.locator(".interview-plan h2", { hasText: "Amazon" }).waitFor();
  await planned();
  await press("Tab");
  assert.equal(await focus(), "role");
  await choose(page, "senior-data-engineer");
  await press("Tab", "Tab");
  await choose(page, "boston-cambridge");
  for (let step = 0; step < 10 && (await focus()) !== "in 3 weeks"; step += 1) await press("Tab");
  await press("Enter");
  await eventually(async () => assert.equal(await query(page), amazon));
  await page.locator(".interview-line b").waitFor();
  await planned();
  assert.match(await head(page), /^Amazon, Senior Data Engineer, L6, Boston.*21 days until Friday, December 18, 2026/s);
  assert.deepEqual(await weeks(page), ["Week 1 of 3", "Week 2 of 3", "Week 3 of 3", "The day"]);
  const { chosen, ...kept } = { ...(await store(page)) };
  assert.deepEqual(kept, { version: 1, company: "amazon", role: "senior-data-engineer", place: "boston-cambridge", date: "2026-12-18", hours: "6", start: "2026-11-27", done: {} });
  await close();
});

test("by way of the company's page it is four presses", async () => {
  const { page, planned, close } = await open("/");
  await follow(page, () => page.locator(".gallery").getByRole("link", { name: "Amazon", exact: true }).click());
  await follow(page, () => page.locator("#roles ~ dl div", { has: page.getByRole("link", { name: /^Senior Data Engineer/ }) }).getByRole("link", { name: /^Boston/ }).click());
  await follow(page, () => page.getByRole("link", { name: "Plan this interview" }).click());
  await planned();
  await page.getByRole("button", { name: "in 3 weeks" }).click();
  await eventually(async () => assert.equal(await query(page), amazon));
  await planned();
  assert.equal(await page.getByRole("button", { pressed: true }).innerText(), "in 3 weeks");
  await close();
});

test("everything that a plan leads to is there, and the guides for the place come first", async () => {
  const { page, planned, close } = await open(home + amazon);
  await planned();
  const links = await page.locator(".interview-plan a").evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
  assert.ok(links.length > 20);
  const known = new Set(pages.map((path) => `/${path.replace(/index\.html$/, "")}`));
  assert.deepEqual(links.filter((link) => !known.has(link)), []);
  assert.ok(links.includes("/companies/amazon/senior-data-engineer/boston-cambridge/"));
  assert.ok(links.some((link) => link.startsWith("/problems/")));
  await close();
});

test("the loop is the score that the guide's pages have", async () => {
  const { page, planned, close } = await open(home + amazon);
  await planned();
  const blocks = (root) => root.locator(".score li").evaluateAll((all) => all.map((block) => [block.className, ...block.innerText.split("\n")].join(" ")));
  const drawn = await blocks(page.locator(".interview-plan"));
  const first = page.locator(".interview-plan .score a").first();
  assert.ok((await first.getAttribute("href")).startsWith("/rounds/"));
  await page.goto(`${guide.site.origin}/companies/amazon/`);
  assert.deepEqual(drawn, await blocks(page.locator(".page-head")));
  await close();
});

test("what comes next is one press away from the home page", async () => {
  const kept = { version: 1, company: "meta", role: "data-engineer", date: "2026-12-04", hours: "10", start: "2026-11-20", done: { recruiter: "2026-11-21" } };
  const { page, planned, close } = await open("/", { kept });
  await follow(page, () => page.locator(".continue-card a").first().click());
  await planned();
  await page.waitForFunction(() => Math.abs(document.querySelector(".interview-plan").getBoundingClientRect().top) < 100);
  assert.ok(await page.locator(".interview-next").evaluate((next) => next.getBoundingClientRect().bottom < innerHeight + 400));
  await close();
});

test("checks are kept, also when the date moves and by the page of a problem", async () => {
  const { page, planned, close } = await open(home + amazon);
  await planned();
  const box = (id) => page.locator(`.interview-plan [data-step="${id}"]`);
  const problem = (await boxes(page)).find((id) => id.startsWith("problem:"));
  await box("recruiter").check();
  await box(problem).check();
  const count = page.locator(".interview-count");
  assert.match(await count.innerText(), /^2 of \d+ steps done$/);
  assert.equal(await page.locator(".script-status").innerText(), await count.innerText(), "it is said");
  assert.equal((await store(page)).done.recruiter, "2026-11-27");
  assert.equal((await store(page)).done[problem], undefined, "there is one store of what is solved");
  assert.equal(await page.evaluate((slug) => JSON.parse(localStorage.getItem(`practice:${slug}`)).solved, problem.slice(8)), "2026-11-27");
  await page.reload();
  await planned();
  assert.ok((await box("recruiter").isChecked()) && (await box(problem).isChecked()));
  assert.doesNotMatch(await page.locator(".interview-next").innerText(), /recruiter which/, "what comes next is not done yet");
  await page.locator("[name=date]").fill("2026-12-08");
  await page.waitForFunction(() => document.querySelectorAll(".interview-weeks > li").length === 3);
  assert.ok((await box("recruiter").isChecked()) && (await box(problem).isChecked()), "a step is the same on another day");
  await box(problem).uncheck();
  assert.equal(await page.evaluate((slug) => localStorage.getItem(`practice:${slug}`), problem.slice(8)), null);
  await close();
});

test("a link shows its plan and leaves the reader's own alone until something is changed", async () => {
  const kept = { version: 1, company: "meta", role: "data-engineer", date: "2026-12-04", hours: "10", start: "2026-11-20", done: { recruiter: "2026-11-21" } };
  const { page, planned, close } = await open(home + amazon, { kept });
  await planned();
  assert.match(await head(page), /^Amazon/);
  assert.equal((await store(page)).company, "meta");
  await page.getByRole("button", { name: "Back to mine" }).click();
  await page.locator("h2", { hasText: "Meta" }).waitFor();
  assert.equal(await query(page), "?company=meta&role=data-engineer&date=2026-12-04&hours=10");
  assert.deepEqual(await weeks(page), ["Week 1 of 2", "Week 2 of 2", "The day"], "since the plan began");
  assert.match(await page.locator(".now h3").innerText(), /Week 2/);
  assert.match(await page.locator(".interview-late").innerText(), /^Not done before this week: [1-9]/);
  await page.getByRole("button", { name: "Plan again from today" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".interview-weeks > li").length === 8);
  assert.match(await page.locator("details", { hasText: "Done before: 1" }).textContent(), /Ask the recruiter/);
  await close();
});

test("a plan goes along when progress is taken elsewhere", async () => {
  const kept = { version: 1, company: "meta", role: "data-engineer", date: "2026-12-04", hours: "10", start: "2026-11-20", done: { recruiter: "2026-11-21" } };
  const { page, close } = await open("/problems/", { kept });
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".export").click()]);
  await page.evaluate(() => localStorage.clear());
  await page.locator(".progress input").setInputFiles(await download.path());
  await page.waitForFunction(() => localStorage.getItem("interview"));
  assert.deepEqual(await store(page), kept);
  await close();
});

test("what is not of this guide is said, and the rest is taken", async () => {
  const { page, planned, close } = await open(`${home}?company=<img src=x>&role=senior-data-engineer&date=2026-02-31&hours=99`);
  await planned();
  assert.equal(await page.locator(".interview-said").innerText(), "The link names something that this guide does not have: Company “<img src=x>”, Date “2026-02-31”, Time “99”. The rest is used.");
  assert.match(await head(page), /^Senior Data Engineer.*as long as the Senior plan.*common Senior Data Engineer loop/s);
  await close();
});

test("whatever others wrote into the store does no harm", async () => {
  const { page, planned, close } = await open(home);
  const garbage = [
    "{", "null", "[1]",
    `{"version":9,"company":"amazon"}`,
    `{"version":1,"company":{},"date":7,"done":[1,{}],"start":"x"}`,
    `{"version":1,"company":"constructor","role":"__proto__","date":"9999-99-99","done":{"recruiter":"<b>"}}`,
  ];
  for (const kept of garbage) {
    await page.evaluate((kept) => localStorage.setItem("interview", kept), kept);
    await page.goto(guide.site.origin + home);
    await page.locator("[name=role]").selectOption("data-engineer");
    await planned();
    assert.equal((await store(page)).role, "data-engineer", kept);
    assert.equal(await page.locator(".interview-plan :checked").count(), 0, kept);
  }
  await close();
});

test("days, the day itself and days that are past", async () => {
  const { page, close } = await open(home);
  const at = async (date) => {
    await page.goto(`${guide.site.origin}${home}?role=data-engineer&date=${date}`);
    await page.locator(".interview-plan h2").waitFor();
    return [await head(page), await page.locator(".interview-weeks h3").count(), await boxes(page)];
  };
  const [soon, days, steps] = await at("2026-11-29");
  assert.match(soon, /2 days until Sunday/);
  assert.equal(days, 3, "two days and the day");
  assert.ok(steps.includes("recruiter") && steps.includes("reread") && steps.length < 15);
  const [today, one, list] = await at("2026-11-27");
  assert.match(today, /It is today/);
  assert.deepEqual([one, list], [1, ["day", "after"]]);
  const [past, none] = await at("2026-11-20");
  assert.match(past, /Friday, November 20, 2026 has passed/);
  assert.equal(none, 0);
  await close();
});

/** A calendar's events, unfolded and read. */
function events(text) {
  assert.ok(text.endsWith("END:VCALENDAR\r\n") && !text.replaceAll("\r\n", "").match(/[\r\n]/), "lines end in CRLF");
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), "no line has more than 75 octets");
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  const found = [];
  for (const line of lines) {
    const [, name, value] = /^([A-Z]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (line === "BEGIN:VEVENT") found.push({});
    else if (found.length) found.at(-1)[name] ??= value;
  }
  return found;
}

test("the calendar is one that calendars read", async () => {
  const { page, planned, close } = await open(home + amazon);
  await planned();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Calendar" }).click()]);
  assert.equal(download.suggestedFilename(), "interview.ics");
  const all = events(readFileSync(await download.path(), "utf8"));
  assert.deepEqual(all.map(({ DTSTART, DTEND }) => [DTSTART, DTEND]), [["20261127", "20261204"], ["20261204", "20261211"], ["20261211", "20261218"], ["20261218", "20261219"]]);
  assert.equal(new Set(all.map(({ UID }) => UID)).size, 4);
  assert.ok(all.every(({ UID, DTSTAMP }) => /@/.test(UID) && /^\d{8}T\d{6}Z$/.test(DTSTAMP)));
  assert.equal(all[3].SUMMARY, "Interview: Amazon\\, Senior Data Engineer\\, L6\\, Boston / Cambridge\\, MA");
  assert.match(all[0].DESCRIPTION, /^- Ask the recruiter which rounds yours has\\, how long.*\(10 min\)\\n- /);
  await close();
});

test("a plan prints on a page or two, without what is for the screen", async () => {
  const { page, planned, close } = await open(home + amazon);
  for (const [weeks, most] of [[3, 1], [12, 3]]) {
    await planned();
    assert.equal(await page.locator(".interview-weeks h3").count(), weeks + 1);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".interview button:visible, .interview select:visible").count(), 0);
    const count = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.ok(count <= most, `${count} pages`);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "in 12 weeks" }).click();
    await page.locator("h3", { hasText: "of 12" }).first().waitFor();
  }
  await close();
});

test("it is deleted at the second press, and what is solved stays", async () => {
  const { page, planned, close } = await open(home + amazon, { kept: { version: 1, company: "amazon", role: "senior-data-engineer", place: "boston-cambridge", date: "2026-12-18", start: "2026-11-27", done: { recruiter: "2026-11-27" } } });
  await planned();
  await page.getByRole("button", { name: "Delete" }).click();
  assert.ok(await store(page));
  await page.getByRole("button", { name: "Delete" }).click();
  await page.locator(".interview-weeks").waitFor({ state: "detached" });
  assert.deepEqual([await store(page), await query(page), await page.locator("[name=company]").inputValue()], [null, "", ""]);
  assert.equal(await page.locator(".script-status").innerText(), "The plan was deleted.");
  await close();
});

test("the card says where one was, and nothing to who has no plan", async () => {
  const script = files.find((path) => /interview-card\.\w+\.js$/.test(path));
  const card = `<section class="continue-card" data-guide="/interview/guide.json" data-style="/${files.find((path) => /\/interview-plan\.\w+\.css$/.test(path))}" hidden><a href="/interview/"></a><p class="continue-days"></p><progress aria-label="x"></progress><span class="continue-count"></span><p class="continue-next"></p></section><script type="module" src="/${script}"></script>`;
  for (const kept of [undefined, { version: 1, company: "amazon", role: "senior-data-engineer", date: "2026-12-18", start: "2026-11-27", done: { recruiter: "2026-11-27" } }]) {
    const { page, close } = await open("/404.html", { kept });
    await page.route("**/404.html", (route) => route.fulfill({ contentType: "text/html", body: read("404.html").replace(/<section class="continue-card".*?<\/section>/s, "").replace("</main>", `${card}</main>`) }));
    guide.site.asked.length = 0;
    await page.reload({ waitUntil: "networkidle" });
    const shown = page.locator(".continue-card");
    if (kept) {
      await shown.waitFor();
      assert.match(await shown.innerText(), /Amazon, Senior Data Engineer, L6.*21 days.*1 of \d+ steps done.*Next: Read what is known: Amazon/s);
    } else {
      assert.ok(!(await shown.isVisible()));
      assert.ok(!guide.site.asked.some((path) => path.endsWith(".json")), "nothing more is asked for");
    }
    await close();
  }
});

test("it holds what pages hold: nothing is wrong for those who hear it, and it is not too wide", async () => {
  const { page, planned, close } = await open(home + amazon, views[2]);
  await planned();
  await page.locator(".interview-plan details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
  assert.deepEqual((await overflow(page)).wide, []);
  const small = await page.locator("button:visible, input:visible, select:visible, summary:visible").evaluateAll((all) => all.filter((one) => Math.round(one.getBoundingClientRect().height) < 24).length);
  assert.equal(small, 0);
  assert.deepEqual(await violations(page), []);
  await close();
});

test("a first visit costs no more than other pages, and nothing moves", async () => {
  const { page, close } = await open("");
  await page.addInitScript(() => {
    globalThis.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.moved += value))).observe({ type: "layout-shift", buffered: true });
  });
  guide.site.asked.length = 0;
  await page.goto(guide.site.origin + home, { waitUntil: "networkidle" });
  const weight = (end) => guide.site.asked.filter((path) => path.endsWith(end)).reduce((sum, path) => sum + gzipSync(read(path.slice(1))).length, 0);
  assert.ok(weight(".js") > 0 && weight(".js") <= 6144, `${weight(".js")} bytes of scripts`);
  assert.ok(weight(".css") <= 12_288, `${weight(".css")} bytes of styles`);
  assert.ok(weight(".json") <= 6144, `${weight(".json")} bytes of data`);
  assert.ok((await page.evaluate(() => globalThis.moved)) < 0.01);
  await close();
});

test("without a script the page says what it would do and leads to the plans", async () => {
  const { page, close } = await open(home + amazon, { javaScriptEnabled: false });
  assert.match(await page.locator("main").innerText(), /needs JavaScript/);
  assert.ok(!(await page.locator(".interview").isVisible()));
  assert.ok((await page.locator("main a[href^='/plans/']:visible").count()) > 5);
  await close();
});

const file = (path) => JSON.parse(read(`interview/${path}`));
const about = (asked) => subject(file("guide.json"), asked, file(`roles/${asked.role}.json`), asked.company && file(`companies/${asked.company}.json`));

test("problems suit the level that is chosen, and rounds are those of the level", () => {
  const difficulties = (level) => about({ company: "amazon", role: "data-engineer", level }).problems.map(({ difficulty }) => difficulty);
  const [junior, mid, principal] = ["junior", "mid", "principal"].map(difficulties);
  assert.deepEqual(mid, difficulties(undefined), "the role's own level changes nothing");
  assert.ok(junior.length > 3 && !junior.includes("hard"), junior.join());
  assert.ok(principal.length > 3 && principal.includes("hard") && !principal.includes("easy"), principal.join());
  for (const company of [undefined, ...file("guide.json").companies.map(({ slug }) => slug)]) {
    for (const level of ["junior", "mid", "senior", "staff", "principal"]) {
      const { problems, rounds } = about({ company, role: "data-engineer", level });
      assert.ok(problems.length > 3, `${company}, ${level}`);
      assert.equal(new Set(problems.map(({ slug }) => slug)).size, problems.length);
      const isAsked = (problem) => rounds.some(({ slug }) => problem.rounds.includes(slug));
      assert.ok(level === "mid" || problems.every(isAsked), `${company}, ${level}: a round asks each`);
    }
  }
  // By its record, Meta has system design at E6 alone.
  const design = (role, level) => about({ company: "meta", role, level }).rounds.some(({ slug }) => slug === "system-design-pipelines");
  assert.deepEqual([design("data-engineer"), design("data-engineer", "staff"), design("staff-data-engineer"), design("staff-data-engineer", "mid")], [false, true, true, false]);
});

test("each step leads somewhere, but for what is done without the guide", () => {
  for (const days of [7, 21, 84]) {
    const start = dayOf("2026-11-27");
    const made = plan(about({ company: "amazon", role: "senior-data-engineer", place: "boston-cambridge" }), { start, date: start + days, hours: 6 });
    const bare = made.blocks.flatMap(({ steps }) => steps).filter(({ url, html }) => !url && !html?.includes("<a "));
    assert.deepEqual(bare.map(({ what }) => what), ["questions", "kit"], `${days} days`);
  }
});

test("whatever the company, the role and the days, a plan is made that fits, always the same", () => {
  const all = file("guide.json");
  const start = dayOf("2026-11-27");
  for (const company of [undefined, ...all.companies]) {
    for (const { slug } of all.roles) {
      const about = subject(all, { company: company?.slug, role: slug, place: "boston-cambridge" }, file(`roles/${slug}.json`), company && file(`companies/${company.slug}.json`));
      for (const days of [0, 1, 2, 7, 8, 21, 400, undefined]) {
        const asked = { start, date: days === undefined ? undefined : start + days, hours: 6 };
        const made = plan(about, asked);
        const named = `${company?.slug}, ${slug}, ${days} days`;
        if (days === 21) assert.deepEqual(plan(about, asked), made, named);
        const steps = [...made.blocks.flatMap((block) => block.steps), ...made.out].map(({ id }) => id);
        assert.equal(new Set(steps).size, steps.length, `${named}: a step stands there once`);
        assert.ok(made.blocks.length <= 12, named);
        if (days > 1) {
          const time = made.blocks.reduce((sum, { minutes }) => sum + minutes, 0);
          const used = made.blocks.flatMap((block) => block.steps).reduce((sum, { minutes }) => sum + minutes, 0);
          assert.ok(used <= time, `${named}: ${used} of ${time} minutes`);
          assert.equal(written(made.blocks.at(-1).to), written(start + days - 1), named);
        }
        if (days) assert.ok(made.blocks.at(-1).steps.some(({ id }) => id === "reread"), named);
      }
    }
  }
});
