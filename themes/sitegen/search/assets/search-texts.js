// The search of texts and headings, of synonyms, and of what was mistyped. Loaded by search.js when something is looked for.

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

// As in search.js: how far a word is from what was typed, and where it stands.
const [SAME, BEGUN, WRONG] = [0, 1, 2];
const [NAME, SYNONYM, TEXT, SYNONYM_IN_TEXT] = [1, 2, 4, 5];

/** The words of a vocabulary that are what was typed, or begin so, but for some letters. */
function mistaken(typed, vocabulary, most = allowed(typed)) {
  const found = [];
  if (most === 0 || typed.length > LONGEST) return found;
  const bits = letters(typed);
  for (const item of vocabulary.values()) {
    item.bits ??= letters(item.word);
    if (item.word.length < typed.length - most || !atMost(most, bits & ~item.bits)) continue;
    const { whole, start } = distance(typed, item.word, most);
    const wrong = Math.min(whole, start + 0.4);
    if (wrong <= most + 0.4) found.push([item, WRONG + wrong + (item.word[0] === typed[0] ? 0 : 0.2)]);
  }
  return found;
}

/** What of a page is shown below a result. */
const BLOCKS = "main :is(h2, h3, h4, h5, h6, p, li, td, dt, dd, pre)";
/** How much of it stands before the word, and from there on. */
const [BEFORE, AFTER] = [60, 140];
/** More words are not looked for. */
const MOST = 12;
/** Longer ones are no words. */
const LONGEST = 40;
/** If there are no more files of words, all are asked before a word counts as found nowhere. */
const FEW = 8;

/**
 * What can be found beside titles. `read` gives a file by its name, such as "words-3". `tools` are functions of search.js, whose
 * published name only pages know.
 */
export class Texts {
  constructor(titles, read, tools) {
    Object.assign(this, { titles, read, files: new Map(), pages: new Map() }, tools);
    this.synonyms = titles.synonyms.map((names) => names.split("\n").map(this.words));
  }

  /** Pages for a query, as `Titles.find` gives them, as far as the files are loaded. */
  find(query) {
    return this.titles.find(query, this.meanings(this.titles.typed(query)));
  }

  /** Whether all is loaded that a query needs. */
  isReady(query) {
    return ![...this.files.values()].some(({ failed }) => failed) && this.wanted(this.titles.typed(query)).length === 0;
  }

  /** Takes up the file of headings. Those that not all pages have say which do. */
  addHeadings({ version, families }) {
    // That of another build tells of other pages.
    if (version !== this.titles.version) return;
    families.forEach(({ sampled, headings }, family) => {
      const { first, end } = this.titles.families[family];
      const all = Array.from({ length: end - first }, (_, at) => first + at);
      for (const [id, text, steps] of headings) {
        let number = first;
        const pages = steps?.map((step) => (number += step)) ?? all;
        const heading = { id, pages, sure: Boolean(steps) || !sampled };
        for (const word of new Set(this.words(text))) this.titles.item(word).headings.push(heading);
      }
    });
  }

  /** Loads the files that a query needs, and what these show to be needed. One that cannot be loaded is asked for again next time. */
  async load(query) {
    const typed = this.titles.typed(query);
    for (const [name, file] of this.files) if (file.failed) this.files.delete(name);
    for (let wanted; (wanted = this.wanted(typed)).length > 0; ) {
      const loading = wanted.map((name) => this.read(name).then((file) => [name, file], () => [name]));
      for (const [name, file] of await Promise.all(loading)) {
        if (this.files.has(name)) continue;
        if (file && name === "headings") this.addHeadings(file);
        this.files.set(name, file && name !== "headings" ? vocabularyOf(file) : Object.assign(new Map(), { failed: !file }));
      }
    }
  }

  /** The files that say more of typed words than those that are loaded. */
  wanted(typed, known = this.known(typed)) {
    const lacking = (names) => [...new Set(names)].filter((name) => name && !this.files.has(name));
    const first = lacking(["headings", ...[...typed, ...this.rephrased(typed).flatMap(({ phrase }) => phrase)].map((word) => this.file(word))]);
    if (first.length > 0) return first;
    const unknown = known.flatMap((meanings, at) => (meanings.length > 0 ? [] : typed[at]));
    const { parts } = this.titles;
    if (unknown.length > 0 && parts <= FEW) return lacking(Array.from({ length: parts }, (_, part) => `words-${part}`));
    return lacking(unknown.flatMap((word) => this.misspelled(word).map(([item]) => this.file(item.word))));
  }

  /** The file that has a word if a text has it. */
  file(word) {
    const { parts } = this.titles;
    return parts ? `words-${partOf(word, parts)}` : undefined;
  }

  /** The vocabularies in which a word may be. */
  around(word) {
    return [this.titles.vocabulary, this.files.get(this.file(word)) ?? new Map()];
  }

  /** Other ways to say what was typed: the phrases for the words from one place to another. */
  rephrased(typed) {
    const found = [];
    for (const group of this.synonyms) {
      for (const said of group) {
        const from = typed.findIndex((_, at) => said.every((word, next) => typed[at + next] === word));
        if (from >= 0) for (const phrase of group) if (phrase !== said) found.push({ from, to: from + said.length, phrase });
      }
    }
    return found;
  }

  /** What each typed word means without mistakes. */
  known(typed) {
    const found = this.titles.meanings(typed, (word) => this.around(word));
    for (const { from, to, phrase } of this.rephrased(typed)) {
      const item = this.together(phrase.map((word) => this.around(word).flatMap((vocabulary) => vocabulary.get(word) ?? [])));
      item.pages = item.pages.map(([number, place]) => [number, place > NAME ? SYNONYM_IN_TEXT : SYNONYM]);
      if (item.pages.length > 0) found.slice(from, to).forEach((meanings) => meanings.push([item, SAME]));
    }
    return found;
  }

  /** What stands for some words that a page must have all of: for each the items that may be it. */
  together(all) {
    let pages;
    for (const items of all) {
      const places = new Map();
      for (const item of items) this.titles.reach(item, (number, place) => places.set(number, Math.min(place, places.get(number) ?? TEXT)));
      const both = ([number, place]) => places.has(number) && [number, Math.max(place, places.get(number))];
      pages = pages ? pages.map(both).filter(Boolean) : [...places];
    }
    return { words: all.flat().flatMap(({ word, words = [word] }) => words), pages };
  }

  /** The words that titles, names and headings have instead of a mistyped one; in three letters, one may be wrong. */
  misspelled(word) {
    return mistaken(word, this.titles.vocabulary, word.length === 3 ? 1 : allowed(word));
  }

  /** What a word means that is found nowhere: words with other letters, or two or three without the space. */
  mistakes(word) {
    const found = this.misspelled(word);
    // A single mistake is likelier than that spaces are missing.
    if (!found.some(([, far]) => far < WRONG + 1.5)) found.push(...this.apart(word));
    for (const [{ word: other }, far] of [...found]) {
      const same = other && this.files.get(this.file(other))?.get(other);
      if (same) found.push([same, far]);
    }
    const files = this.titles.parts <= FEW ? [...this.files.values()] : this.around(word).slice(1);
    return found.concat(files.flatMap((vocabulary) => mistaken(word, vocabulary)));
  }

  /** Two words typed without the space between them, of which one is right; or three. */
  apart(word) {
    const { vocabulary } = this.titles;
    const found = [];
    for (let at = 2; at < word.length - 1; at += 1) {
      const halves = [word.slice(0, at), word.slice(at)];
      const known = halves.map((half) => vocabulary.get(half));
      const right = known[0] ? 0 : 1;
      if (!known[right]) continue;
      const other = halves[1 - right];
      const others = [...this.close(other, vocabulary), ...mistaken(other, vocabulary)];
      if (right === 0 && others.length === 0) others.push(...this.apart(other));
      for (const [item, far] of others) found.push([this.together([[known[right]], [item]]), WRONG + 0.5 + (far < WRONG ? 0.4 * far : far - WRONG)]);
    }
    return found.filter(([{ pages }]) => pages.length > 0);
  }

  /** What each typed word means. Mistakes are thought of where nothing else is found anywhere. */
  meanings(typed) {
    const found = this.known(typed);
    if (this.wanted(typed, found).length > 0) return found;
    const unknown = found.map((meanings) => meanings.length === 0);
    typed.forEach((word, at) => {
      if (unknown[at]) found[at] = this.mistakes(word);
      if (at === 0 || !(unknown[at - 1] || unknown[at])) return;
      const both = mistaken(typed[at - 1] + word, this.titles.vocabulary);
      found[at - 1].push(...both);
      found[at].push(...both);
    });
    return found.map((meanings, at) => {
      const least = meanings.reduce((least, [, far]) => Math.min(least, far), Infinity);
      return unknown[at] ? meanings.filter(([, far]) => far <= least + 0.5) : meanings;
    });
  }

  /** Where the words stand on a page: the heading with `id`, or an id before them; and the text there. The page is asked what it has. */
  async excerpt(url, id, { found, mark }) {
    const page = await this.page(url);
    const best = this.block(page, id, found);
    return best.hits > 0 && { id: best.id, text: [best.heading, this.cut(best.text, mark)].filter(Boolean).join(": ") };
  }

  async page(url) {
    if (!this.pages.has(url)) this.pages.set(url, fetch(url).then((response) => response.text()));
    return new DOMParser().parseFromString(await this.pages.get(url), "text/html");
  }

  /** The heading or piece of text that says most of what was looked for. Of equal ones whole sentences come before short ones. */
  block(page, id, found) {
    const marks = found.map((word) => this.marker([word]));
    let [last, heading] = ["", ""];
    let best = { hits: 0 };
    for (const block of page.querySelectorAll(BLOCKS)) {
      if (block.closest("nav, form, [hidden]") || block.querySelector(BLOCKS)) continue;
      const text = block.textContent.replace(/\s+/g, " ").trim();
      const isHeading = /^H\d$/.test(block.tagName);
      if (isHeading) [last, heading] = [block.id || last, text];
      // What stands below a heading says more than the heading alone.
      else best.text ??= text;
      const own = this.words(text);
      const met = marks.filter((mark) => own.some((word) => mark(word) > 0)).length;
      const more = isHeading ? (block.id && block.id === id ? MOST : 0.4) : Math.min(text.length, 200) / 400;
      if (met > 0 && met + more > best.hits) best = { hits: met + more, id: last, heading, text: isHeading ? undefined : text };
    }
    return best;
  }

  /** Some of a text before and after the first word that is marked. */
  cut(text = "", mark) {
    const [at] = this.spans(text, mark)[0] ?? [0];
    const [start, end] = [Math.max(0, at - BEFORE), at + AFTER];
    const before = text.slice(start, at);
    const after = text.slice(at, end);
    // Neither words nor characters are cut in two.
    const first = start > 0 ? `… ${before.replace(/^(?:\S*\s|[\udc00-\udfff])/, "")}` : before;
    return first + (end < text.length ? `${after.replace(/(?:\s\S*|[\ud800-\udbff])$/, "")} …` : after);
  }
}

/** A file of words as a vocabulary: each with the numbers of its texts and its weights there. */
function vocabularyOf(file) {
  const vocabulary = new Map();
  for (const [word, list] of Object.entries(file)) {
    let number = 0;
    const texts = (list || []).map((step) => [(number += step >> 2), step & 3]);
    vocabulary.set(word, { word, texts, common: list === 0 });
  }
  return vocabulary;
}

