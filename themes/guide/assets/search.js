// The search: finds pages by their titles and texts while one types. Loaded on first use; docs/search.md says how.
// `words`, `Titles` and `Texts` need no browser; the second half shows what they find.

const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\u{20000}-\\u{323af}";
const RUN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}\\p{M}])+`, "gu");
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

/** Which file of words has a word, as the build decides it. */
function partOf(word, parts) {
  let hash = 0x811c9dc5;
  for (const letter of [...word].slice(0, 3)) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  const bucket = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 16;
  return (bucket * parts) >>> 16;
}

/** How many letters may be wrong. */
const allowed = (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : 0);

/** The letters of a word as bits: what one word has more than `most` of and another lacks is not it. */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function atMost(most, bits) {
  for (; bits && most >= 0; most -= 1) bits &= bits - 1;
  return most >= 0;
}

const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** How many letters must be added, left out, changed or swapped to make a word, or its beginning, of what was typed. */
function distance(typed, word, most) {
  let [before, last, row] = rows;
  const width = Math.min(word.length, typed.length + most);
  for (let j = 0; j <= width; j += 1) last[j] = j;
  for (let i = 1; i <= typed.length; i += 1) {
    let least = (row[0] = i);
    for (let j = 1; j <= width; j += 1) {
      const same = typed[i - 1] === word[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
      const swapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) cost = Math.min(cost, before[j - 2] + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return { whole: 9, start: 9 };
    [before, last, row] = [last, row, before];
  }
  let start = 9;
  for (let j = Math.max(0, typed.length - most); j <= width; j += 1) start = Math.min(start, last[j]);
  return { whole: width === word.length ? last[width] : 9, start };
}

/** How well a word is what was typed, from 0 to 1: the same, its beginning, or either with letters wrong. */
function likeness(typed, word, most) {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return 0.6 + (0.3 * typed.length) / word.length;
  if (most === 0 || word.length < typed.length - most || typed.length > LONGEST) return 0;
  const { whole, start } = distance(typed, word, most);
  const wrong = Math.min(whole, start + 0.4);
  return wrong > most + 0.4 ? 0 : 0.72 - 0.18 * wrong - (word[0] === typed[0] ? 0 : 0.04);
}

/** The words of a vocabulary that are like what was typed, each with how much; the same word rules out mistakes. */
function alike(typed, vocabulary, most = allowed(typed)) {
  const exact = vocabulary.get(typed);
  const bits = letters(typed);
  const wrong = exact ? 0 : most;
  const found = [];
  for (const item of vocabulary.values()) {
    if (!atMost(wrong, bits & ~item.bits)) continue;
    const like = likeness(typed, item.word, wrong);
    if (like > 0) found.push([item, like]);
  }
  if (found.length === 0 && most === 0 && typed.length === 3) return alike(typed, vocabulary, 1);
  return found;
}

/** What stands for two words that a title must both have. */
function common(item, other) {
  const entries = new Set(other.entries);
  return { entries: item.entries.filter((number) => entries.has(number)), named: [] };
}

/** The texts that were written as what they share with the one before, and the rest. */
function written(list) {
  const texts = [];
  for (let at = 0; at < list.length; at += 2) texts.push((texts.at(-1) ?? "").slice(0, list[at]) + list[at + 1]);
  return texts;
}

/** All titles, and what leads from words to them. */
export class Titles {
  constructor(file) {
    this.groups = file.groups;
    this.entries = file.families.flatMap(({ group, minor = 0, text = 0, titles, urls, names = [] }) => {
      urls = written(urls);
      return written(titles).map((title, at) => ({ title, url: urls[at], group, minor, text, names: names[at] ?? [], size: 0 }));
    });
    this.vocabulary = new Map();
    this.named = file.names.map(() => []);
    this.splits = new Map();
    file.names.forEach((names, number) => new Set(this.split(names)).forEach((word) => this.item(word).named.push(number)));
    this.entries.forEach((entry, number) => this.add(entry, number));
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
    if (!item) this.vocabulary.set(word, (item = { word, bits: letters(word), entries: [], named: [] }));
    return item;
  }

  add(entry, number) {
    const found = this.split(entry.title);
    entry.size = found.length;
    entry.url = entry.url.replace(" ", found.join("-"));
    for (const word of found) {
      const { entries } = this.item(word);
      if (entries.at(-1) !== number) entries.push(number);
    }
    for (const name of entry.names) this.named[name].push(number);
  }

  /** What each typed word may mean: items and how alike they are. */
  meanings(typed) {
    const found = typed.map((word) => alike(word, this.vocabulary));
    typed.forEach((word, at) => {
      if (!found[at].some(([, like]) => like > 0.6)) found[at].push(...this.apart(word));
      const both = at > 0 && this.vocabulary.get(typed[at - 1] + word);
      if (both) for (const meaning of [found[at - 1], found[at]]) meaning.push([both, 0.95]);
    });
    return found;
  }

  /** The same for two words typed without the space between them, of which one is right; or for three. */
  apart(word) {
    const found = [];
    for (let at = 2; at < word.length - 1; at += 1) {
      const halves = [word.slice(0, at), word.slice(at)];
      const known = halves.map((half) => this.vocabulary.get(half));
      const right = known[0] ? 0 : 1;
      if (!known[right]) continue;
      const others = alike(halves[1 - right], this.vocabulary);
      if (right === 0 && others.length === 0) others.push(...this.apart(halves[1]));
      for (const [other, like] of others) found.push([common(known[right], other), 0.95 * like]);
    }
    return found;
  }

  /** Pages by how well their titles are what was typed, the best first. */
  find(query) {
    const typed = words(query).slice(0, 12);
    const scores = new Float32Array(this.entries.length);
    const [hits, met] = [new Uint8Array(scores.length), new Uint8Array(scores.length)];
    let most = 0;
    for (const meanings of this.meanings(typed)) most += this.count(meanings, scores, hits, met);
    scores.forEach((score, number) => {
      if (score > 0) scores[number] = this.rank(number, (score / most) * (0.5 + (0.5 * met[number]) / typed.length), hits[number]);
    });
    const least = 0.6 * scores.reduce((a, b) => Math.max(a, b), 0.01);
    const found = [...scores.keys()].filter((number) => scores[number] > least);
    found.sort((a, b) => scores[b] - scores[a] || this.entries[a].title.length - this.entries[b].title.length || a - b);
    return found.map((number) => this.entries[number]);
  }

  /** Results by their groups, so many of each at most, the group of the best first. */
  grouped(found, most) {
    const groups = new Map();
    for (const entry of found) {
      const { results } = groups.get(entry.group) ?? { results: [] };
      groups.set(entry.group, { title: this.groups[entry.group], results });
      if (results.length < most) results.push(entry);
    }
    return [...groups.values()];
  }

  /** Adds what one typed word says of each page; gives the most that it can say. */
  count(meanings, scores, hits, met) {
    const said = new Float32Array(scores.length);
    const counted = new Uint8Array(scores.length);
    let most = 0.5;
    for (const [{ entries, named }, like] of meanings) {
      let all = entries.length;
      for (const name of named) all += this.named[name].length;
      if (all === 0) continue;
      const rare = 0.5 + Math.log((scores.length + 1) / all) / Math.log(scores.length + 2);
      most = Math.max(most, rare);
      for (const number of entries) {
        said[number] = Math.max(said[number], like * rare);
        counted[number] = 1;
      }
      for (const name of named) for (const number of this.named[name]) said[number] = Math.max(said[number], 0.9 * like * rare);
    }
    said.forEach((score, number) => {
      scores[number] += score;
      hits[number] += counted[number];
      met[number] += score > 0;
    });
    return most;
  }

  /** All words before some, short titles before long ones, a record's page before those of combinations. */
  rank(number, share, hits) {
    const { size, minor } = this.entries[number];
    return share + 0.25 * Math.min(1, hits / size) - 0.1 * minor;
  }
}

/** The words of all texts, of which only those files are loaded that a query needs. `load` gives a part's file. */
export class Texts {
  constructor(titles, parts, load) {
    this.titles = titles;
    this.parts = parts;
    this.load = load;
    this.loaded = new Map();
    this.total = titles.entries.filter(({ text }) => text).length;
  }

  async part(number) {
    if (!this.loaded.has(number)) this.loaded.set(number, this.load(number).then(vocabularyOf));
    return this.loaded.get(number);
  }

  /** Pages in whose texts all words stand, or else most of them, the best first. */
  async find(query) {
    const scores = new Map();
    const typed = words(query).slice(0, 12);
    const meanings = this.parts ? await Promise.all(typed.map((word) => this.meaning(word))) : [];
    for (const said of meanings) {
      for (const [number, score] of said ?? []) {
        const { sum, hits } = scores.get(number) ?? { sum: 0, hits: 0 };
        scores.set(number, { sum: sum + score, hits: hits + 1 });
      }
    }
    const most = [...scores.values()].reduce((most, { hits }) => Math.max(most, hits), 0);
    const found = [...scores].filter(([, { hits }]) => hits === most);
    found.sort(([a, { sum }], [b, other]) => other.sum - sum || a - b);
    return found.map(([number]) => this.titles.entries[number]);
  }

  /** What one typed word says of each text. A word that titles have instead of a mistyped one is tried as well. */
  async meaning(word) {
    const found = alike(word, await this.part(partOf(word, this.parts)));
    if (!found.some(([, like]) => like > 0.6)) {
      const [best] = alike(word, this.titles.vocabulary).sort(([, a], [, b]) => b - a);
      if (best) found.push([(await this.part(partOf(best[0].word, this.parts))).get(best[0].word) ?? best[0], best[1]]);
    }
    const said = new Map();
    for (const [{ texts = [] }, like] of found) {
      const rare = Math.log(1 + this.total / texts.length);
      for (const [number, weight] of texts) said.set(number, Math.max(said.get(number) ?? 0, like * rare * (1 + weight)));
    }
    return said;
  }
}

/** A file of words as a vocabulary: each with the numbers of its texts and its weights there. */
function vocabularyOf(file) {
  const vocabulary = new Map();
  for (const [word, list] of Object.entries(file)) {
    let number = 0;
    const texts = (list || []).map((step) => [(number += step >> 2), step & 3]);
    vocabulary.set(word, { word, bits: letters(word), texts });
  }
  return vocabulary;
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
  data() {
    this.loading ??= json(this.said.titles).then((file) => {
      const folder = new URL(".", new URL(this.said.titles, location.href));
      const titles = new Titles(file);
      return { titles, texts: new Texts(titles, file.parts, (part) => json(new URL(`words-${part}.json?v=${file.version}`, folder))) };
    });
    return this.loading;
  }

  /** Shows what is found for what stands in the field: titles at once, texts as soon as their words are there. */
  async find() {
    const query = this.input.value.trim();
    const asked = (this.asked += 1);
    if (!query) return this.show([], [], "");
    try {
      const { titles, texts } = await this.data();
      if (asked !== this.asked) return;
      const found = titles.find(query);
      this.show(titles.grouped(found, this.most), [], query);
      const known = new Set(found.map(({ url }) => url));
      const more = (await texts.find(query)).filter(({ url }) => !known.has(url)).slice(0, this.most);
      if (asked === this.asked) this.show(titles.grouped(found, this.most), more, query, titles);
    } catch {
      this.loading = undefined;
      this.status.textContent = this.said.failed;
    }
  }

  get most() {
    return this.inDialog ? SHOWN : 4 * SHOWN;
  }

  show(groups, more, query, titles) {
    this.noted = [];
    const active = this.options.find((option) => option.ariaSelected === "true")?.href;
    const lists = groups.map(({ title, results }, at) => this.list(`${this.results.id}-${at}`, title, results));
    if (more.length > 0) lists.push(this.list(`${this.results.id}-text`, this.said.text, more, titles));
    this.results.replaceChildren(...lists);
    this.options = [...this.results.querySelectorAll("a")];
    this.options.forEach((option, at) => (option.id = `${this.results.id}-option-${at}`));
    if (this.inDialog) this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.activate(this.options.find(({ href }) => href === active));
    const count = this.options.length;
    const said = count === 0 ? this.said.none : count === 1 ? this.said.one : this.said.many;
    // Pages are asked for when one stops typing.
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.noted.forEach((note) => note()), PAUSE);
    this.status.textContent = query ? said.replace("{n}", count).replace("{q}", query) : "";
  }

  /** A group of results with its title. `titles` is given for those by text, which say what they are. */
  list(id, title, results, titles) {
    const section = make("section", { "aria-labelledby": id });
    const list = make("ul");
    section.append(make("h2", { id }, title), list);
    for (const result of results) list.append(this.item(result, titles));
    if (this.inDialog) {
      section.setAttribute("role", "group");
      section.firstChild.setAttribute("role", "presentation");
      list.setAttribute("role", "presentation");
    }
    return section;
  }

  item(result, titles) {
    const item = make("li");
    const link = make("a", { href: result.url });
    link.append(make("span", { class: "search-title", dir: "auto" }, result.title));
    item.append(link);
    if (titles) {
      const note = make("span", { class: "search-note" }, titles.groups[result.group]);
      link.append(note);
      this.noted.push(() => excerpt(result.url, this.input.value).then((found) => this.note(link, note, found), () => {}));
    }
    if (this.inDialog) {
      item.setAttribute("role", "presentation");
      for (const [name, value] of Object.entries({ role: "option", "aria-selected": "false", tabindex: "-1" })) link.setAttribute(name, value);
    }
    return item;
  }

  note(link, note, found) {
    if (!found) return;
    if (found.id) link.hash = found.id;
    note.textContent = [found.heading, found.text].filter(Boolean).join(": ");
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

const pages = new Map();

/** Where the words stand on a page: its nearest heading and the text around. The page itself is asked. */
async function excerpt(url, query) {
  if (!pages.has(url)) pages.set(url, fetch(url).then((response) => response.text()));
  const page = new DOMParser().parseFromString(await pages.get(url), "text/html");
  const typed = words(query);
  let heading;
  let best = { hits: 0 };
  for (const block of page.querySelectorAll("main :is(h2, h3, p, li, td, dd)")) {
    if (/^H\d$/.test(block.tagName)) heading = block;
    const text = block.textContent.replace(/\s+/g, " ").trim();
    const own = words(text);
    const hits = typed.filter((word) => own.some((other) => other.startsWith(word))).length;
    if (hits > best.hits) best = { hits, text: around(text, typed), heading: heading === block ? "" : heading?.textContent.trim(), id: heading?.id };
  }
  return best.hits > 0 && best;
}

/** Some words before and after the first that was typed. */
function around(text, typed) {
  const pieces = text.split(" ");
  const at = Math.max(0, pieces.findIndex((piece) => words(piece).some((word) => typed.some((start) => word.startsWith(start)))));
  const start = Math.max(0, at - 6);
  return (start > 0 ? "… " : "") + pieces.slice(start, at + 14).join(" ") + (at + 14 < pieces.length ? " …" : "");
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
  finder.data().catch(() => {});
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
