// What a reader prepares for, kept in the browser under one key: what was chosen, since when, and which steps are done. Problems that are
// solved are kept where problems keep them.

import { keep as keepProblem, recall as recallProblem } from "./practice-store.js";

const KEY = "interview";
const VERSION = 1;
/** What is chosen, by the names that the address has for it. */
export const NAMES = ["company", "role", "level", "place", "date", "hours"];
/** How many steps are remembered. No plan has as many. */
const MOST = 2000;

const isText = (value, most = 200) => typeof value === "string" && value.length <= most;

/** Whether a text is a day of the calendar, of these times: who types a year has others on the way. */
export function isDay(text) {
  const time = /^2\d{3}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day that it is where the reader is. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What is kept, as far as it can be understood: others may have written it. */
function understood(kept) {
  if (kept?.version !== VERSION) return;
  const chosen = Object.fromEntries(NAMES.filter((name) => isText(kept[name])).map((name) => [name, kept[name]]));
  const done = Object.entries(kept.done ?? {}).filter(([id, day]) => isText(id) && isDay(day)).slice(0, MOST);
  return { chosen, start: isDay(kept.start) ? kept.start : today(), done: Object.fromEntries(done) };
}

const written = ({ chosen, start, done }) => ({ version: VERSION, ...chosen, start, done });

/** What is kept, or nothing. */
export function recall() {
  try {
    return understood(JSON.parse(localStorage.getItem(KEY)));
  } catch { /* Storage may be forbidden. */ }
}

/** What is kept, to be taken in elsewhere. */
export function everything() {
  const kept = recall();
  return kept && written(kept);
}

/** Takes in what this browser or another kept, and gives whether it was that. */
export function takeIn(kept) {
  const known = understood(kept);
  if (known) keep(known);
  return Boolean(known);
}

export function keep(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(written(kept)));
  } catch { /* It holds for this page. */ }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch { /* There is nothing to forget. */ }
}

/** What is chosen, as far as the guide has it, and what was `refused`: names with values that it does not have. */
export function checked(guide, asked) {
  const lists = { company: guide.companies, role: guide.roles, level: guide.levels, place: guide.places, hours: guide.hours };
  const holds = (name, value) => (name === "date" ? isDay(value) : lists[name].some(({ slug }) => slug === value));
  const given = NAMES.filter((name) => asked[name]);
  const pick = (isRight) => given.filter((name) => holds(name, asked[name]) === isRight).map((name) => [name, asked[name]]);
  return { chosen: Object.fromEntries(pick(true)), refused: pick(false) };
}

const slugOf = (id) => /^problem:(.+)$/.exec(id)?.[1];

/** The day on which a step was done, if it was. */
export function doneOn(done, id) {
  const day = slugOf(id) ? recallProblem(slugOf(id)).solved : done[id];
  return isDay(day) ? day : undefined;
}

/** Marks a step as done, or not; gives what is done then. */
export function mark(done, id, isDone) {
  const slug = slugOf(id);
  if (slug) keepProblem(slug, { solved: isDone ? today() : undefined });
  const { [id]: _, ...others } = done;
  return isDone && !slug ? { ...others, [id]: today() } : others;
}
