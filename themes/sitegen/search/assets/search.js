// The search: finds pages by their titles and other names while one types. Loaded on first use; search-texts.js, loaded by it, finds
// the rest. docs/search.md says how. `words`, `spans` and `Titles` need no browser; the second half shows what they find.

const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\u{20000}-\\u{323af}";
const LETTER = `(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}\\p{M}]`;
const RUN = new RegExp(`[${UNSPACED}]+|(?:${LETTER})+`, "gu");
const WRITTEN = new RegExp(`[${UNSPACED}]+|${LETTER}(?:['\u2019]*${LETTER})*`, "gu");
const FIRST_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const LEFT_OUT = /['\u2019\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;
const LONGEST = 40;
const ASCII = /^[ -~]*$/;

/** A text without case and accents, as the build folds it. */
function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll("'", "");
  return text.normalize("NFKD").replace(LEFT_OUT, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** The words of a text, as the build splits it. */
export function words(text) {
  const found = [];
  for (const run of fold(text).match(RUN) ?? []) {
    const letters = FIRST_UNSPACED.test(run) ? [...run] : [];
    if (letters.length < 2 && run.length <= LONGEST) found.push(run);
    for (let at = 1; at < letters.length; at += 1) found.push(letters[at - 1] + letters[at]);
  }
  return found;
}

/** Where marks in a text begin and end. `mark` gives how many letters of a word are marked. */
export function spans(text, mark) {
  const found = [];
  const add = (start, end) => {
    if (start < found.at(-1)?.[1]) start = found.pop()[0];
    found.push([start, end]);
  };
  for (const { 0: run, index } of text.matchAll(WRITTEN)) {
    const unspaced = FIRST_UNSPACED.test(run) ? [...run] : [];
    let start = index;
    for (let at = 0; at < unspaced.length; at += 1) {
      const pair = unspaced.slice(at, at + 2);
      const count = mark(fold(pair.join("")));
      if (count > 0 && pair.length > 1) add(start, start + pair.slice(0, count).join("").length);
      start += pair[0].length;
    }
    const count = unspaced.length > 1 ? 0 : Math.max(0, ...words(run).map(mark));
    if (count > 0) add(index, index + written(run, count));
  }
  return found;
}

/** How many units of a written word are so many letters of it, with the accents of the last. */
function written(run, count) {
  let end = 0;
  const more = () => String.fromCodePoint(run.codePointAt(end)).length;
  while (end < run.length && fold(run.slice(0, end)).length < count) end += more();
  while (end < run.length && fold(run.slice(0, end + more())).length <= count) end += more();
  return end;
}

// How far a word is from what was typed: the same, begun by it (or its singular or plural), or with letters wrong, which is more
// than 2. Where it stands: in the title, another name, a title by a synonym, a heading, a text, a text by a synonym.
const [SAME, BEGUN, WRONG] = [0, 1, 2];
const [TITLE, NAME, SYNONYM, HEADING, TEXT, SYNONYM_IN_TEXT] = [0, 1, 2, 3.5, 4, 5];
const [FAR, AWAY] = [1000, 10];

/** What a word may be without its ending, or with another. */
function forms(word) {
  const found = [word.replace(/s$/, ""), word.replace(/es$/, ""), word.replace(/ies$/, "y"), word.replace(/y$/, "ies")];
  return word.length < 4 ? [] : found.filter((form) => form !== word);
}

/** The words of a vocabulary that are what was typed or begin with it, or else are its singular or plural. */
export function close(typed, vocabulary) {
  const found = [];
  for (const item of vocabulary.values()) {
    if (item.word.startsWith(typed)) found.push([item, item.word === typed ? SAME : BEGUN]);
  }
  if (found.length > 0) return found;
  return forms(typed).flatMap((form) => (vocabulary.has(form) ? [[vocabulary.get(form), BEGUN]] : []));
}

/** The texts that were written as what they share with the one before, and the rest. */
function unshortened(list) {
  const texts = [];
  for (let at = 0; at < list.length; at += 2) texts.push((texts.at(-1) ?? "").slice(0, list[at]) + list[at + 1]);
  return texts;
}

/** The order of texts in a language; in the reader's if it is none. */
function collator(language) {
  try {
    return new Intl.Collator(language || undefined, { numeric: true });
  } catch {
    return new Intl.Collator(undefined, { numeric: true });
  }
}

const { compare } = collator(globalThis.document?.documentElement.lang);

/** The most words that are looked for. */
const MOST = 12;
/** So many results are there if they can be, even if the last lack words. */
const ENOUGH = 10;

/** All titles and other names, and what leads from words to them. */
export class Titles {
  constructor(file) {
    Object.assign(this, { groups: file.groups, parts: file.parts, version: file.version, vocabulary: new Map(), splits: new Map() });
    this.synonyms = file.synonyms ?? [];
    this.names = file.names.map((names) => ({ names: names.split("\n"), entries: [] }));
    this.names.forEach((named) => new Set(named.names.flatMap((name) => this.split(name))).forEach((word) => this.item(word).named.push(named)));
    this.entries = [];
    this.families = file.families.map(({ group, minor = 0, text = 0, titles, urls, names = [] }) => {
      const first = this.entries.length;
      urls = unshortened(urls);
      unshortened(titles).forEach((title, at) => this.add({ title, url: urls[at], group, minor, text, names: names[at] ?? [] }));
      return { first, end: this.entries.length };
    });
  }

  /** The words of a text; titles share most of their words, so that each is folded once. */
  split(text) {
    const found = [];
    for (const piece of text.split(/\s+/)) {
      if (!this.splits.has(piece)) this.splits.set(piece, words(piece));
      found.push(...this.splits.get(piece));
    }
    return found;
  }

  item(word) {
    let item = this.vocabulary.get(word);
    if (!item) this.vocabulary.set(word, (item = { word, entries: [], named: [], headings: [] }));
    return item;
  }

  add(entry) {
    const found = this.split(entry.title);
    const number = this.entries.push(entry) - 1;
    Object.assign(entry, { number, size: found.length, url: entry.url.replace(" ", found.join("-")) });
    for (const word of found) {
      const { entries } = this.item(word);
      if (entries.at(-1) !== number) entries.push(number);
    }
    for (const name of entry.names) this.names[name].entries.push(number);
  }

  /** The words of a query, each once. */
  typed(query) {
    return [...new Set(words(query))].slice(0, MOST);
  }

  /** What each typed word means: items and how far they are from it. `around` gives the vocabularies in which a word may be. */
  meanings(typed, around = () => [this.vocabulary]) {
    const found = typed.map((word) => around(word).flatMap((vocabulary) => close(word, vocabulary)));
    typed.forEach((word, at) => {
      const both = at > 0 && this.vocabulary.get(typed[at - 1] + word);
      if (both) for (const meanings of [found[at - 1], found[at]]) meanings.push([both, BEGUN]);
    });
    return found;
  }

  /** Calls back with every page that an item leads to, and where it stands there. */
  reach({ entries = [], named = [], headings = [], texts = [], pages = [] }, use) {
    for (const number of entries) use(number, TITLE);
    for (const name of named) for (const number of name.entries) use(number, NAME);
    for (const heading of headings) for (const number of heading.pages) use(number, HEADING);
    for (const [number, weight] of texts) use(number, TEXT - weight / 4);
    for (const [number, place] of pages) use(number, place);
  }

  /**
   * Pages for what was typed, the best first: `results`, the words that are found nowhere (`left`),
   * and whether a page has all others (`all`).
   */
  find(query, known = this.meanings(this.typed(query))) {
    const every = this.typed(query);
    const meant = known.map((meanings, at) => ({ word: every[at], meanings })).filter(({ meanings }) => meanings.length > 0);
    const found = meant.map(({ word, meanings }) => ({ word, meanings, ...this.cost(meanings) }));
    const left = every.filter((word) => !meant.some((other) => other.word === word));
    const { met, says } = this.count(found);
    const all = met.includes(found.length);
    if (!all) weigh(found, met, says);
    const numbers = this.ranked(found, met, says, left.length > 0 ? "" : query);
    const equal = all ? met : says;
    const results = numbers.filter((number, at) => equal[number] === equal[numbers[0]] || at < ENOUGH).map((number) => this.entries[number]);
    return { results, left, all, found, mark: marker(found) };
  }

  /** What a word costs each page, by how far it is and where it stands, and how much it says. Words that most texts have lead nowhere. */
  cost(meanings) {
    const costs = new Float32Array(this.entries.length).fill(Infinity);
    let count = 0;
    for (const [item, far] of meanings) {
      const start = FAR * Math.min(Math.floor(far), WRONG) + Math.max(0, far - WRONG);
      this.reach(item, (number, place) => {
        count += costs[number] === Infinity;
        costs[number] = Math.min(costs[number], start + AWAY * place);
      });
    }
    return { costs, common: meanings.some(([item, far]) => item.common && far === SAME), says: Math.log((costs.length + 1) / Math.max(1, count)) + 0.01 };
  }

  /**
   * The whole title as it was typed; then all words before some, rare words before frequent ones; the same words before beginnings before
   * mistakes; titles before names before texts; a record's page before those of combinations, short titles before long ones.
   */
  ranked(found, met, says, query) {
    const { entries } = this;
    const numbers = best(met, says);
    const [cost, whole] = [new Float64Array(entries.length), new Uint8Array(entries.length)];
    const typed = words(query);
    for (const number of numbers) {
      cost[number] = total(found, number);
      const { title, size } = entries[number];
      if (cost[number] > 0 || size !== typed.length || this.split(title).join(" ") !== typed.join(" ")) continue;
      whole[number] = title.toLowerCase() === query.trim().toLowerCase() ? 2 : 1;
    }
    const shorter = (a, b) => entries[a].minor - entries[b].minor || entries[a].title.length - entries[b].title.length || compare(entries[a].title, entries[b].title) || a - b;
    return numbers.sort((a, b) => whole[b] - whole[a] || met[b] - met[a] || says[b] - says[a] || cost[a] - cost[b] || shorter(a, b));
  }

  /** How many words each page has, and how much they say. Words that most texts have count if there is another. */
  count(found) {
    const [met, says] = [new Uint8Array(this.entries.length), new Float64Array(this.entries.length)];
    for (const { costs, says: more } of found) {
      for (let number = 0; number < costs.length; number += 1) {
        if (costs[number] === Infinity) continue;
        met[number] += 1;
        says[number] += more;
      }
    }
    for (const { costs } of found.filter(({ common }) => common)) {
      for (const { number, text } of this.entries) if (text && costs[number] === Infinity) met[number] += 1;
    }
    return { met, says };
  }

  /** Results by their groups, the group of the best first: so many of each at most, and so many in all. */
  grouped(results, each, all = Infinity) {
    const groups = new Map();
    let count = 0;
    for (const entry of results) {
      if (count === all) break;
      const { results } = groups.get(entry.group) ?? { results: [] };
      groups.set(entry.group, { title: this.groups[entry.group], results });
      if (results.length === each) continue;
      results.push(entry);
      count += 1;
    }
    return [...groups.values()];
  }

  /** Why a page was found: by other names, in its text, by a heading with all words that the title lacks (`id`, if it is `sure`). */
  reasons({ number, title, names }, { found }) {
    const place = ({ costs }) => (costs[number] % FAR) / AWAY;
    const mark = marker(found.filter((word) => place(word) >= NAME && place(word) < HEADING - 1));
    const named = names.flatMap((name) => this.names[name].names);
    const inText = found.filter((word) => place(word) > HEADING - 1);
    const counts = new Map();
    for (const { meanings } of inText) {
      const own = new Set(meanings.flatMap(([{ headings = [] }]) => headings));
      for (const heading of own) counts.set(heading, (counts.get(heading) ?? 0) + 1);
    }
    const heading = [...counts.keys()].find((heading) => counts.get(heading) === inText.length && heading.pages.includes(number));
    return { names: named.filter((name) => !title.includes(name) && spans(name, mark).length > 0), inText: inText.length > 0, ...heading };
  }
}

/**
 * Where no page has all words, as of a whole sentence, it counts how much those say that a page has, and twice in its title: a long text
 * has some of any sentence's words.
 */
function weigh(found, met, says) {
  for (const { costs, says: more } of found) {
    for (let number = 0; number < costs.length; number += 1) if ((costs[number] % FAR) / AWAY <= NAME) says[number] += more;
  }
  for (let number = 0; number < met.length; number += 1) met[number] = Math.min(met[number], 1);
}

/** The pages that have most words; if these are too few, all that have any. */
function best(met, says) {
  const all = [];
  let most = 0;
  says.forEach((says, number) => {
    if (says === 0) return;
    all.push(number);
    most = Math.max(most, met[number]);
  });
  const found = all.filter((number) => met[number] === most);
  return found.length < ENOUGH ? all : found;
}

/** What a page costs: first how far its farthest word is, then where all stand, then how far the others are. */
function total(found, number) {
  let [far, places, sum] = [SAME, 0, 0];
  for (const { costs } of found) {
    // A word that most texts have, or that this page lacks.
    const cost = costs[number] < Infinity ? costs[number] : AWAY * TEXT;
    const own = Math.floor(cost / FAR);
    far = Math.max(far, own);
    sum += own;
    places += cost - FAR * own;
  }
  return FAR * (FAR * far + places) + sum;
}

/** How many letters of a word were meant by what was typed. */
export function marker(found) {
  const counts = new Map();
  const typed = found.filter(({ common }) => !common);
  for (const { word: start, meanings } of typed) {
    for (const [{ word, words = [word] }, far] of meanings) {
      for (const word of words) counts.set(word, Math.max(counts.get(word) ?? 0, far === BEGUN && word.startsWith(start) ? start.length : word.length));
    }
  }
  const begun = (word) => typed.map(({ word: start }) => (start.length > 2 && word.startsWith(start) ? start.length : 0));
  return (word) => counts.get(word) ?? Math.max(0, ...begun(word));
}

// What follows needs a browser. All words that it shows are in the HTML of the search page (templates/search.html).

const SHOWN = 6;
const PAUSE = 150;

const json = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
};

const make = (name, attributes = {}, text = "") => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
};

/** The URL of a place on a page. */
const at = (url, id) => (id ? `${url}#${encodeURIComponent(id)}` : url);

/** Adds a text to an element, with marks. */
function add(element, text, mark) {
  let last = 0;
  for (const [start, end] of spans(text, mark)) {
    element.append(text.slice(last, start), make("mark", {}, text.slice(start, end)));
    last = end;
  }
  element.append(text.slice(last));
  return element;
}

/** A search form and its results: on the search page, or in the dialog, where it is a combobox with a list box. */
class Finder {
  constructor(form, inDialog) {
    this.form = form;
    this.said = form.dataset;
    this.inDialog = inDialog;
    this.input = form.querySelector("input");
    this.status = form.querySelector("[role=status]");
    this.results = form.querySelector(".search-results");
    this.options = [];
    this.asked = 0;
    this.notes = new Map();
    this.seen = new IntersectionObserver((all) => all.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => this.explain(target)));
    this.input.addEventListener("input", () => this.find());
    if (inDialog) this.becomeCombobox();
  }

  becomeCombobox() {
    const { input, results } = this;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": results.id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    results.setAttribute("role", "listbox");
    results.setAttribute("aria-label", this.said.results);
    input.addEventListener("keydown", (event) => this.press(event));
    results.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Loads the titles, once, when they are needed first. */
  titles() {
    this.loading ??= json(this.said.titles).then((file) => new Titles(file));
    return this.loading;
  }

  /** Loads what finds texts. */
  async textsOf(titles) {
    const { Texts } = await import(this.said.module);
    const folder = new URL(".", new URL(this.said.titles, location.href));
    const version = (name) => (name.startsWith("words") ? `?v=${titles.version}` : "");
    this.texts ??= new Texts(titles, (name) => json(new URL(`${name}.json${version(name)}`, folder)), { words, spans, close, marker });
    return this.texts;
  }

  /** Shows what is found for what stands in the field: what titles say at once, the rest as soon as its files are there. */
  async find() {
    const query = this.input.value.trim();
    const asked = (this.asked += 1);
    const isLast = () => asked === this.asked;
    if (!query) {
      this.status.textContent = "";
      return this.show([]);
    }
    try {
      const titles = await this.titles();
      const show = (found) => isLast() && this.show(titles.grouped(found.results, this.most, 4 * this.most), titles, found);
      if (!this.texts?.isReady(query)) {
        const found = titles.find(query);
        if (found.results.length > 0) show(found);
        await (await this.textsOf(titles)).load(query);
      }
      const found = this.texts.find(query);
      show(found);
      if (isLast()) this.say(query, found);
    } catch {
      this.loading = undefined;
      this.status.textContent = this.said.failed;
    }
  }

  get most() {
    return this.inDialog ? SHOWN : 4 * SHOWN;
  }

  /** Says how many results there are, and which words were left out for them. */
  say(query, { left, all }) {
    const count = this.options.length;
    const { none, one, many, some } = this.said;
    const how = left.length > 0 ? this.said.left : all ? "{n}" : some;
    const said = count === 0 ? none : how.replace("{n}", count === 1 ? one : many);
    const isLeft = (piece) => words(piece).some((word) => left.includes(word));
    const pieces = query.split(/\s+/);
    const values = { n: count, w: pieces.filter(isLeft).join(" "), q: count && pieces.filter((piece) => !isLeft(piece)).join(" ") || query };
    this.status.textContent = said.replace(/\{([nwq])\}/g, (_, name) => values[name]);
  }

  show(groups, titles, found) {
    const page = ({ href }) => href.split("#")[0];
    const active = this.options.find((option) => option.ariaSelected === "true");
    this.seen.disconnect();
    this.notes.clear();
    this.results.replaceChildren(...groups.map(({ title, results }, at) => this.list(`${this.results.id}-${at}`, title, results, titles, found)));
    this.options = [...this.results.querySelectorAll("a")];
    this.options.forEach((option, at) => (option.id = `${this.results.id}-option-${at}`));
    if (this.inDialog) this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.activate(active && this.options.find((option) => page(option) === page(active)));
    // Pages are asked for when one stops typing, and sees them.
    clearTimeout(this.pause);
    this.pause = setTimeout(() => [...this.notes.keys()].forEach((link) => this.seen.observe(link)), PAUSE);
  }

  /** A group of results with its title. */
  list(id, title, results, titles, found) {
    const section = make("section", { "aria-labelledby": id });
    const list = make("ul");
    section.append(make("h2", { id }, title), list);
    for (const result of results) list.append(this.item(result, titles.reasons(result, found), found));
    if (this.inDialog) {
      section.setAttribute("role", "group");
      section.firstChild.setAttribute("role", "presentation");
      list.setAttribute("role", "presentation");
    }
    return section;
  }

  /** A result: its title, the other names by which it was found, and place for a part of its text. */
  item(result, { names, inText, id, sure }, found) {
    const item = make("li");
    const link = make("a", { href: at(result.url, sure && id) });
    link.append(add(make("span", { class: "search-title", dir: "auto" }), result.title, found.mark));
    if (names.length > 0) link.append(add(make("span", { class: "search-note", dir: "auto" }), names.slice(0, 3).join(", "), found.mark));
    if (inText) {
      link.append(make("span", { class: "search-note", dir: "auto" }));
      this.notes.set(link, { result, id, found });
    }
    item.append(link);
    if (this.inDialog) {
      item.setAttribute("role", "presentation");
      for (const [name, value] of Object.entries({ role: "option", "aria-selected": "false", tabindex: "-1" })) link.setAttribute(name, value);
    }
    return item;
  }

  /** Shows where on its page a result has what was looked for, and leads there. */
  async explain(link) {
    this.seen.unobserve(link);
    const { result, id, found } = this.notes.get(link) ?? {};
    const shown = result && (await this.texts?.excerpt(result.url, id, found).catch(() => undefined));
    if (!shown) return;
    link.setAttribute("href", at(result.url, shown.id));
    add(link.lastChild, shown.text, found.mark);
  }

  press(event) {
    const at = this.options.findIndex((option) => option.ariaSelected === "true");
    const last = this.options.length - 1;
    const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last };
    if (at >= 0) Object.assign(to, { Home: 0, End: last });
    if (event.isComposing) return;
    // A search field would take it for its own, if something stands in it.
    if (event.key === "Escape") this.form.closest("dialog").close();
    else if (last < 0) return;
    else if (event.key in to) this.activate(this.options[to[event.key]]);
    else if (event.key === "Enter") this.options[Math.max(0, at)].click();
    else return;
    event.preventDefault();
  }

  activate(option) {
    if (!this.inDialog) return;
    for (const other of this.options) other.ariaSelected = String(other === option);
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
}

let dialog;

/** Opens the search over the page, or leads to the one that the page has. `link` leads to the search page. */
export async function open(link = document.querySelector(".search-open")) {
  const own = document.querySelector("main form[data-titles]");
  if (own) return own.querySelector("input").focus();
  dialog ??= prepare(link.href);
  const { element, input } = await dialog;
  if (element.open) return;
  element.addEventListener("close", () => link.focus(), { once: true });
  element.showModal();
  input.select();
}

/** Makes the dialog of the search page's form, and loads its style and the titles. */
async function prepare(url) {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const form = document.importNode(page.querySelector("form[data-titles]"), true);
  const element = make("dialog", { class: "search-dialog", "aria-label": form.dataset.label });
  const close = form.querySelector(".search-close");
  close.hidden = false;
  close.addEventListener("click", () => element.close());
  element.addEventListener("click", (event) => event.target === element && element.close());
  element.append(form);
  const style = make("link", { rel: "stylesheet", href: form.dataset.style });
  await new Promise((ready) => {
    style.onload = style.onerror = ready;
    document.head.append(style);
  });
  document.body.append(element);
  const finder = new Finder(form, true);
  finder.titles().then((titles) => finder.textsOf(titles)).catch(() => {});
  return { element, input: finder.input };
}

/** Brings the search page to life. */
function start(form) {
  const finder = new Finder(form, false);
  document.querySelector(".search-without")?.remove();
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) finder.input.value = asked;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(finder.input.value)}`);
    finder.find();
  });
  finder.find();
}

if (globalThis.document) {
  const own = document.querySelector("main form[data-titles]");
  if (own) start(own);
}
