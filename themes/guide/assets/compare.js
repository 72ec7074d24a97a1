// Compares any two or three of what the guide has: the build publishes a file for each, with a comparison of it alone, and its cells are put
// into the rows of a comparison without any. The address says which: ?companies=amazon,stripe,uber.

const picker = document.querySelector(".picker");
const place = document.querySelector(".compared-here");
const status = picker.querySelector("[role=status]");
const selects = [...picker.querySelectorAll("select")];
const kinds = [...picker.querySelectorAll("[name=kind]")];
const words = picker.dataset;
const MOST = selects.length;

/** @typedef {{ slug: string, name: string, brief: string, minutes: number | null, time: string }} Round */
/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} comparison a comparison of it alone, as HTML
 * @property {[number, number]} minutes before the on-site day, and on it
 * @property {Record<string, string>} blanks what stands in rows of which it has nothing
 * @property {[string, string][]} clauses what sentences say of it, with its name and without
 * @property {Round[]} rounds
 * @property {string} includes
 * @property {string} only
 * @property {[string, string][]} pages the pages of it and another, by the other's slug
 * @property {DocumentFragment} [cells]
 */

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();
/** Of each kind what there is: a slug, a name, a file, and of levels whether it is the guide's own. @type {Record<string, [string, string, string, boolean?][]>} */
let choices = {};
let turn = 0;

start();

async function start() {
  try {
    choices = await load(words.choices);
  } catch {
    status.textContent = words.failed;
    return;
  }
  readAddress();
  picker.addEventListener("change", ({ target }) => {
    if (target.name === "kind") fill(target.value);
    show();
  });
}

/** Takes from the address what there is; the rest of it is left out. */
function readAddress() {
  const asked = new URLSearchParams(location.search);
  const kind = kinds.find(({ value }) => asked.has(value)) ?? kinds[0];
  kind.checked = true;
  fill(kind.value);
  const known = new Set(choices[kind.value].map(([slug]) => slug));
  const slugs = [...new Set((asked.get(kind.value) ?? "").split(","))].filter((slug) => known.has(slug)).slice(0, MOST);
  slugs.forEach((slug, at) => (selects[at].value = slug));
  show();
}

function fill(kind) {
  for (const select of selects) select.replaceChildren(new Option(words.none, ""), ...choices[kind].map(([slug, name]) => new Option(name, slug)));
}

/** Shows what is chosen: from two on, side by side. */
async function show() {
  const mine = (turn += 1);
  const kind = kinds.find(({ checked }) => checked).value;
  const slugs = [...new Set(selects.map(({ value }) => value).filter(Boolean))];
  history.replaceState(null, "", slugs.length ? `?${kind}=${slugs.map(encodeURIComponent).join(",")}` : location.pathname);
  place.hidden = slugs.length < 2;
  status.textContent = "";
  if (slugs.length < 2) return place.replaceChildren();
  try {
    const [rows, ...subjects] = await Promise.all([load(words.rows), ...slugs.map((slug) => subject(choiceOf(kind, slug)[2]))]);
    if (mine !== turn) return;
    place.replaceChildren(compared(ofWhat(kind, slugs), rows, subjects));
    status.textContent = words.shown.replace("{names}", () => listed(subjects.map(({ name }) => name)));
    const page = slugs.length === 2 && pageOf(slugs, subjects);
    if (page) status.append(" ", link(page, words.page));
  } catch {
    if (mine === turn) status.textContent = words.failed;
  }
}

/** There is a page of two if one is among the nearest of the other. */
function pageOf([one, other], [ofOne, ofOther]) {
  return new Map(ofOne.pages).get(other) ?? new Map(ofOther.pages).get(one);
}

function choiceOf(kind, slug) {
  return choices[kind].find(([known]) => known === slug);
}

/** A file, which is asked for once unless that failed. */
function load(src) {
  const known = loaded.get(src) ?? fetch(src).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  loaded.set(src, known);
  known.catch(() => loaded.delete(src));
  return known;
}

/** @returns {Promise<Subject>} */
async function subject(src) {
  const subject = await load(src);
  return { ...subject, cells: html(subject.comparison) };
}

/** By which rows: where one is a step of a ladder, levels of the guide are compared as such steps are. */
function ofWhat(kind, slugs) {
  if (kind !== "levels") return { companies: "company", roles: "role" }[kind];
  return slugs.every((slug) => choiceOf(kind, slug)[3]) ? "level" : "rung";
}

/** A comparison of these, in the rows that there can be. */
function compared(of, rows, subjects) {
  const all = html(rows[of]);
  for (const rows of all.querySelectorAll("[data-rows]")) fillRows(rows, subjects);
  for (const sets of all.querySelectorAll("[data-sets]")) fillSets(sets, subjects);
  fillScores(all.querySelector("[data-scores]"), subjects);
  fillSentences(all.querySelector("[data-differences]"), of, subjects);
  tidy(all, of, subjects);
  return all;
}

/** Puts the cells of each into the rows that at least one of them has. */
function fillRows(rows, subjects) {
  const head = rows.querySelector("[data-head]");
  if (head) head.append(...subjects.map(({ cells }) => cells.querySelector("[data-head]").lastElementChild.cloneNode(true)));
  for (const row of rows.querySelectorAll("[data-key]")) {
    const found = subjects.map(({ cells }) => cellOf(cells, rows, row));
    if (!found.some(Boolean)) row.remove();
    else for (const [at, cell] of found.entries()) (row.querySelector("dl") ?? row).append(cell ?? html(blank(row, subjects[at])));
  }
}

/** The cell of one in a row: the same row of the comparison of it alone holds no other. */
function cellOf(cells, rows, row) {
  const same = [...cells.querySelectorAll(`${row.localName}[data-key="${CSS.escape(row.dataset.key)}"]`)].find((other) => sectionOf(other) === sectionOf(row));
  const cell = (same?.querySelector("dl") ?? same)?.lastElementChild;
  return cell && !(same.localName === "tr" && cell.classList.contains("none") && !same.dataset.key.startsWith("level-")) ? cell.cloneNode(true) : undefined;
}

function sectionOf(row) {
  return row.closest(".section").querySelector("h2").id;
}

function blank(row, { blanks }) {
  if (row.localName === "tr") return row.querySelector(".dot") ? blanks.minutes : blanks.fact;
  return sectionOf(row) === "loop" ? blanks.round : blanks.text;
}

/** What is in the same of them stands together: what all have first, then what some have, then what only one has. */
function fillSets(sets, subjects) {
  const owners = new Map();
  for (const [at, { cells }] of subjects.entries()) {
    for (const item of cells.querySelectorAll(`[data-sets][data-key=${sets.dataset.key}] li`)) {
      const known = owners.get(item.textContent) ?? { item, of: [] };
      owners.set(item.textContent, { item: known.item, of: [...known.of, at] });
    }
  }
  const groups = Map.groupBy(owners.values(), ({ of }) => of.join());
  const order = [...groups.keys()].toSorted((a, b) => b.length - a.length || a.localeCompare(b));
  const rows = order.map((key) => setRow(titleOf(key.split(","), subjects), groups.get(key)));
  sets.querySelector("dl").append(...rows);
  if (rows.length === 0) sets.remove();
}

function titleOf(owners, subjects) {
  if (owners.length === subjects.length) return words.all;
  return owners.length === 1 ? subjects[owners[0]].only : listed(owners.map((at) => escaped(subjects[at].name)));
}

function setRow(title, members) {
  const row = html(`<div><dt>${title}</dt><dd><ul class="names"></ul></dd></div>`);
  row.querySelector("ul").append(...members.map(({ item }) => item.cloneNode(true)));
  return row;
}

/** The loops to one scale: the classes of their parts say how many minutes these are wide. */
function fillScores(list, subjects) {
  if (!list) return;
  list.append(...subjects.map(({ cells }) => cells.querySelector("[data-scores] > li")?.cloneNode(true)).filter(Boolean));
  for (const part of [0, 1]) {
    const most = Math.max(...subjects.map(({ minutes }) => minutes[part]));
    const width = `part h-${Math.floor(most / 100)} t-${Math.floor(most / 10) % 10} u-${most % 10}`;
    for (const notes of list.querySelectorAll(".notes")) notes.children[part].className = width;
  }
}

/** What differs, in sentences: as on pages of two, of which templates/comparison.html says the rules. */
function fillSentences(list, of, subjects) {
  const sentences = subjects[0].clauses.flatMap((_, at) => {
    const said = subjects.map(({ clauses }) => clauses[at]);
    return said.every(([text]) => text) && new Set(said.map(([, value]) => value)).size > 1 ? [said.map(([text]) => text).join(words.join) + words.stop] : [];
  });
  list.append(...[...sentences, ...onlies(subjects), ...sameRounds(of, subjects), ...(of === "company" ? times(subjects) : [])].map((text) => html(`<li>${text}</li>`)));
}

function has({ rounds }, slug) {
  return rounds.some((round) => round.slug === slug);
}

function onlies(subjects) {
  return subjects.flatMap((subject) => {
    const others = subjects.filter((other) => other !== subject && other.rounds.length > 0);
    const only = subject.rounds.filter(({ slug }) => others.length > 0 && !others.some((other) => has(other, slug)));
    const values = { rounds: listed(only.map(({ brief }) => brief)), others: listed(others.map(({ name }) => escaped(name))) };
    return only.length > 0 ? [subject.includes.replace(/\{(rounds|others)\}/g, (_, name) => values[name])] : [];
  });
}

/** Whether one of them has a round that another is known not to have. */
function roundsApart(subjects) {
  const known = subjects.filter(({ rounds }) => rounds.length > 0);
  return known.some(({ rounds }) => rounds.some(({ slug }) => known.some((other) => !has(other, slug))));
}

function sameRounds(of, subjects) {
  return of === "rung" && subjects.every(({ rounds }) => rounds.length > 0) && !roundsApart(subjects) ? [words.same] : [];
}

/** Rounds that all have, of which all lengths are told and differ. */
function times(subjects) {
  return subjects[0].rounds.flatMap(({ slug, name }) => {
    const same = subjects.flatMap(({ rounds }) => rounds.filter((round) => round.slug === slug && round.minutes !== null));
    if (same.length !== subjects.length || new Set(same.map(({ minutes }) => minutes)).size < 2) return [];
    const values = { round: escaped(name), times: listed(same.map(({ time }) => time)) };
    return [words.times.replace(/\{(round|times)\}/g, (_, name) => values[name])];
  });
}

/** Leaves out what has come to hold nothing. */
function tidy(all, of, subjects) {
  const kinds = new Set([...all.querySelectorAll(".notes i")].map((block) => [...block.classList].find((name) => name.startsWith("k-"))));
  for (const item of all.querySelectorAll(".loop-key li[class^=k-]")) if (!kinds.has(item.className)) item.remove();
  if (!all.querySelector(".notes .usual")) all.querySelector(".loop-key .usual")?.remove();
  for (const rows of all.querySelectorAll("[data-rows]")) if (!rows.querySelector("[data-key]")) (rows.matches("table") ? rows.closest(".section") : rows).remove();
  for (const section of all.querySelectorAll(".section")) if (!section.querySelector("li, [data-key]")) section.remove();
  const isAlike = of === "rung" ? !roundsApart(subjects) : !subjects.some(({ rounds }) => rounds.length > 0);
  if (isAlike) for (const part of [all.querySelector(".loops"), all.querySelector("#loop")?.closest(".section")]) part?.remove();
}

function listed(texts) {
  const [last, ...before] = texts.toReversed();
  return before.length > 0 ? words.last.replace(/\{(records|last)\}/g, (_, name) => (name === "last" ? last : before.toReversed().join(words.next))) : (last ?? "");
}

function escaped(text) {
  return Object.assign(document.createElement("p"), { textContent: text }).innerHTML;
}

/** The first element of a piece of HTML, which the build made; cells stand where they may. */
function html(text) {
  const template = document.createElement("template");
  template.innerHTML = text.trim();
  return template.content.childElementCount === 1 ? template.content.firstElementChild : template.content;
}

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { href, textContent });
}
