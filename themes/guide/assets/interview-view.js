// Shows the plan that interview-plan.js makes. `page` is what is chosen and done, the files for it, and the desk that keeps it.

import { element, file, say } from "./interview-files.js";
import { dayOf, plan, shares, subject, written } from "./interview-plan.js";
import { checked, doneOn, mark, today } from "./interview-store.js";

const lang = document.documentElement.lang;
const KINDS = ["screen", "coding", "design", "behavioral", "project"];

const amount = (number, unit, unitDisplay) => new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 }).format(number);
/** As the pages say times: hours with the minutes that are left, from an hour and a half on, to five minutes, since no sum of a week is truer. */
export function time(words, minutes) {
  if (minutes <= 90) return amount(minutes, "minute", "short");
  const whole = 5 * Math.round(minutes / 5);
  return whole % 60 ? say(words.duration, { hours: Math.floor(whole / 60), minutes: whole % 60 }) : say(words.hours, { count: whole / 60 });
}
const days = (count) => amount(count, "day", "long");

/** Dates are days of the calendar, wherever the reader is. */
const format = (options) => new Intl.DateTimeFormat(lang, { ...options, timeZone: "UTC" });
const dateOf = (day) => new Date(written(day));
export const longDate = (day) => format({ dateStyle: "full" }).format(dateOf(day));
const shortDates = (from, to) => format({ month: "short", day: "numeric", ...(from === to ? { weekday: "short" } : {}) }).formatRange(dateOf(from), dateOf(to));

let style;

/** Loads the style of plans. */
export function styled(href) {
  style ??= new Promise((ready) => {
    const link = element("link", { rel: "stylesheet", href, onload: ready, onerror: ready });
    document.head.append(link);
  });
  return style;
}

/** What a plan for what is chosen is made of. Without a role it is for the one that the company's page is about, or else a usual one. */
export async function opened(url, asked) {
  const guide = await file(url);
  const { chosen } = checked(guide, asked);
  const company = chosen.company && (await file(guide.companies.find(({ slug }) => slug === chosen.company).file));
  const own = guide.roles.find(({ slug }) => slug === (chosen.role || company?.usual)) ?? guide.roles.find(({ usual }) => usual) ?? guide.roles[0];
  const isChosen = Boolean(chosen.company || chosen.role || chosen.date);
  const role = isChosen && (own ? await file(own.file) : guide.alone);
  return { guide, chosen: { hours: guide.hours[1].slug, ...chosen }, company, roleSlug: own?.slug, role, isChosen };
}

/** The plan for what is chosen, and what it is about. */
export function made({ guide, chosen, roleSlug, role, company, start, done }) {
  const about = subject(guide, { ...chosen, role: roleSlug }, role, company);
  const date = chosen.date && dayOf(chosen.date);
  const planned = plan(about, { start: dayOf(start), date, hours: Number(chosen.hours), doneOn: (id) => doneOn(done, id) });
  const named = [about.company?.name, about.role?.name, about.level.called, about.place?.name].filter(Boolean);
  const title = named.join(guide.words.next) || guide.words.title;
  return { about, date, planned, title, steps: planned.blocks.flatMap(({ steps }) => steps) };
}

const parsed = (innerHTML) => element("template", { innerHTML }).content;

/** What a step says: words with a place for a link, or HTML that the build made of the plan's Markdown, which leads to the plan if nowhere else. */
export function saying(words, step) {
  const link = step.url ? element("a", { href: step.url, textContent: step.name }) : step.name;
  if (!step.html) return said(words.steps[step.name ? step.what : `${step.what}_alone`] ?? words.steps[step.what], { name: link });
  const all = parsed(step.html);
  const source = all.querySelector("a") ? [] : [" (", link, ")"];
  return [...(all.querySelector("p:only-child") ?? all).childNodes, ...source];
}

/** What a block of time is called. */
export const blockName = ({ guide: { words } }, { planned }, block, at) => (planned.weekly ? say(words.week, { n: at + 1, all: planned.blocks.length }) : shortDates(block.from, block.to));

/** Shows the plan on the page, nothing while nothing is chosen; gives it in a line. */
export function show(desk, files) {
  const place = desk.root.querySelector(".interview-plan");
  place.replaceChildren();
  if (!files.isChosen) return "";
  const page = { ...files, desk, start: desk.start, done: desk.done, chosen: desk.chosen };
  const all = made(page);
  const { words } = page.guide;
  const isOver = all.date < dayOf(page.start);
  place.replaceChildren(
    ...notice(page.guide, desk),
    top(page, all),
    standing(page),
    actionsOf(page, all),
    ...(isOver ? [] : [weeks(page, all), ...folded(page, all)]),
    how(page, all),
    element("p", { className: "interview-kept", textContent: words.kept }),
  );
  refresh(page, all);
  const left = element("p", {}, ...heading(page, all)).textContent;
  return `${all.title}. ${left}`;
}

const button = (textContent, action) => {
  const made = element("button", { type: "button", textContent });
  made.addEventListener("click", () => action(made));
  return made;
};

/** Whose plan this is, if the reader has another. */
function notice({ words }, desk) {
  if (!desk.mine) return [];
  return [element("p", { className: "interview-notice" }, words.foreign, " ", button(words.mine, () => desk.back()))];
}

/** How long it is until the day, as parts of a sentence. */
export function heading({ guide: { words } }, { about, date }) {
  if (date === undefined) return [about.plan.name ? say(words.no_date, { plan: about.plan.name }) : words.no_date_yet];
  const left = date - dayOf(today());
  if (left === 0) return [words.today];
  if (left < 0) return [say(words.past, { date: longDate(date) })];
  return said(words.until, { days: element("b", { className: "figure", textContent: days(left) }), date: longDate(date) });
}

function top(page, all) {
  const { chosen, guide: { words } } = page;
  const { about, title } = all;
  const head = element("h2", { id: "interview-title", textContent: title });
  const begins = all.planned.from > dayOf(page.start) ? [[say(words.begins, { date: longDate(all.planned.from) })]] : [];
  const assumed = chosen.role ? [] : [[about.role ? say(words.no_role, { role: about.role.name }) : words.no_roles]];
  const lines = [heading(page, all), ...begins, ...assumed];
  const ways = [[about.company && (about.page ?? ""), about.company?.name], [about.role?.url, about.role?.name], [about.level.url, about.level.name], [about.guidePage ?? about.place?.url, about.place?.name]];
  const links = ways.filter(([url]) => url).map(([href, textContent]) => element("li", {}, element("a", { href, textContent })));
  const guides = links.length ? [element("ul", { className: "interview-links", ariaLabel: words.guides }, ...links)] : [];
  return element("header", {}, head, ...lines.map((line) => element("p", { className: "interview-line" }, ...line)), ...guides, ...loop(page, about));
}

/** Words with nodes in their places. */
function said(words, nodes) {
  return words.split(/(\{\w+\})/).map((part) => nodes[part.slice(1, -1)] ?? part);
}

/** The loop, as the build drew it, and whose it is. */
function loop({ guide: { words } }, about) {
  if (!about.drawn) return [];
  const whose = say(words[about.isPart ? "loop_part" : about.isOwn ? "loop_own" : about.company ? "loop_unknown" : "loop_common"], { company: about.company?.name, role: about.role?.name });
  const drawn = parsed(about.drawn);
  // What nobody told of the company is outlined, as it is on its page.
  if (about.company && !about.isOwn) drawn.querySelectorAll(".score li").forEach((block) => block.classList.add("assumed"));
  return [element("p", { className: "interview-whose", textContent: whose }), ...drawn.childNodes];
}

/** How far one is, and what comes next; `refresh` fills it in. */
function standing({ guide: { words } }) {
  return element("div", { className: "interview-standing" }, element("progress", { ariaLabel: words.progress_label }), " ", element("span", { className: "interview-count" }), element("p", { className: "interview-next" }), element("p", { className: "interview-late", hidden: true }));
}

/** The first step that is not done. */
export const nextOf = (steps, done) => steps.find(({ id }) => !doneOn(done, id));

/** How many steps are done, and how that is said. */
export function tally({ guide: { words } }, { steps }, done) {
  const count = steps.filter(({ id }) => doneOn(done, id)).length;
  return { count, said: say(words.progress, { done: count, all: steps.length }) };
}

function refresh(page, all) {
  const { planned, steps, date } = all;
  const { desk, guide: { words } } = page;
  const find = (selector) => desk.root.querySelector(selector);
  const { count, said } = tally(page, all, page.done);
  find(".interview-standing").hidden = steps.length === 0;
  Object.assign(find("progress"), { max: Math.max(1, steps.length), value: count });
  find(".interview-count").textContent = said;
  const next = nextOf(steps, page.done);
  find(".interview-next").replaceChildren(...(next ? [`${words.next_step} `, ...saying(words, next)] : [words.all_done]));
  const now = dayOf(today());
  const late = planned.blocks.filter((block) => block.to < now).flatMap((block) => block.steps).filter(({ id }) => !doneOn(page.done, id));
  const note = find(".interview-late");
  note.hidden = late.length === 0 || date < now;
  note.replaceChildren(say(words.late, { n: late.length }), " ", button(words.replan, () => desk.replan()));
  return said;
}

/** A step with its box, which stays as it is when the plan is made anew. */
let ids = 0;
function item(page, all, step) {
  const { words } = page.guide;
  const id = `step-${(ids += 1)}`;
  const box = element("input", { type: "checkbox", id: `${id}-box`, checked: doneOn(page.done, step.id) !== undefined });
  box.setAttribute("aria-labelledby", id);
  box.dataset.step = step.id;
  box.addEventListener("change", () => {
    page.desk.done = page.done = mark(page.done, step.id, box.checked);
    page.desk.save();
    document.querySelector(".script-status").textContent = refresh(page, all);
  });
  return element("li", { className: step.kind ? `k-${step.kind}` : "" }, box, element("span", { id }, ...saying(words, step)), " ", element("small", { textContent: step.minutes ? time(words, step.minutes) : "" }));
}

function weeks(page, all) {
  const { words } = page.guide;
  const now = dayOf(today());
  const list = (steps) => element("ul", { className: "interview-steps" }, ...steps.map((step) => item(page, all, step)));
  const blocks = all.planned.blocks.map((block, at) => {
    const isNow = block.from <= now && now <= block.to;
    const head = element("h3", {}, blockName(page, all, block, at));
    const when = [...(all.planned.weekly && block.from ? [shortDates(block.from, block.to)] : []), time(words, total(block.steps)), ...(isNow ? [words.now] : [])];
    const made = element("li", { className: isNow ? "now" : "" }, head, element("p", { className: "interview-dates", textContent: when.join(words.next) }), mix(page, block.steps), list(block.steps));
    return made;
  });
  if (all.date !== undefined) {
    const day = element("li", { className: all.date === now ? "the-day now" : "the-day" }, element("h3", { textContent: words.the_day }), element("p", { className: "interview-dates", textContent: longDate(all.date) }), list(all.planned.day));
    blocks.push(day);
  }
  return element("ol", { className: "interview-weeks" }, ...blocks);
}

const total = (steps) => steps.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);

/** How the time of a block divides among the kinds of rounds. */
function mix({ guide: { words } }, steps) {
  const parts = KINDS.map((kind) => [kind, total(steps.filter((step) => step.kind === kind))]).filter(([, minutes]) => minutes > 0);
  const bars = parts.map(([kind, minutes]) => {
    const bar = element("span", { className: `k-${kind}` });
    bar.style.flexGrow = minutes;
    return bar;
  });
  const made = element("p", { className: "interview-mix", role: "img" }, ...bars);
  made.setAttribute("aria-label", parts.map(([kind, minutes]) => `${words.kinds[kind]} ${time(words, minutes)}`).join(words.next));
  return made;
}

/** What was left out, and what was done before. */
function folded(page, all) {
  const { words } = page.guide;
  const list = (title, steps) =>
    steps.length === 0 ? [] : [element("details", {}, element("summary", { textContent: say(title, { n: steps.length }) }), element("ul", { className: "interview-steps" }, ...steps.map((step) => item(page, all, step))))];
  const spare = all.planned.isSpare ? [element("p", { className: "interview-spare", textContent: words.spare })] : [];
  return [...spare, ...list(words.out, all.planned.out), ...list(words.before, all.planned.before)];
}

/** By which rules the plan is made. Where no loop is known, nothing is weighed by it. */
function how({ guide: { words } }, { about }) {
  const parts = Object.entries(shares(about.rounds)).filter(([, share]) => share > 0).toSorted(([, a], [, b]) => b - a);
  const percent = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 });
  const mixed = parts.map(([kind, share]) => `${words.kinds[kind]} ${percent.format(share)}`).join(words.next);
  const weighed = parts.length ? [say(words.how_shares, { shares: mixed }), " "] : [];
  const plan = about.plan.url ? element("a", { href: about.plan.url, textContent: about.plan.name }) : (about.plan.name ?? words.no_plan);
  return element("details", { className: "interview-how" }, element("summary", { textContent: words.how }), element("p", {}, ...weighed, ...said(words.how_text, { plan })));
}

function actionsOf(page, all) {
  const { desk, guide: { words } } = page;
  const status = document.querySelector(".script-status");
  const made = [button(words.print, () => print())];
  if (all.date >= dayOf(page.start)) {
    made.push(button(words.calendar, async () => (await import("./interview-ics.js")).save(page, all)));
  }
  if (navigator.clipboard) {
    made.push(button(words.copy, async () => {
      await navigator.clipboard.writeText(location.href).then(() => (status.textContent = words.copied), () => {});
    }));
  }
  // What is forgotten does not come back: the second press does it.
  const clear = button(words.forget, () => {
    if (clear.textContent === words.forget) clear.textContent = words.sure;
    else {
      desk.forget();
      status.textContent = words.forgotten;
      desk.root.querySelector("select").focus();
    }
  });
  clear.addEventListener("blur", () => (clear.textContent = words.forget));
  made.push(clear);
  return element("p", { className: "interview-actions" }, ...made);
}
