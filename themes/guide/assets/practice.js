// Problems that run in the page: an editor, the cases, and what comes of them. No engine is loaded before something is run. Words come
// from the page; what an engine says of an answer is in its own.

import { keep, recall } from "./practice-store.js";

/** How long a case may take; nothing else ends an endless loop. */
const SECONDS = 5;

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const say = (words, values) => words.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
const amount = (number) => number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
const megabytes = (bytes) => amount(bytes / 1e6);

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const button = (textContent, action) => {
  const made = element("button", { type: "button", textContent });
  made.addEventListener("click", action);
  return made;
};

// Engines

/** What runs programs in a language, by the protocol at the top of its worker.js. What it once loaded stays in memory. */
class Engine {
  static #known = new Map();

  static at(base) {
    const { href } = new URL(base, location);
    if (!Engine.#known.has(href)) Engine.#known.set(href, new Engine(href));
    return Engine.#known.get(href);
  }

  #scripts;
  #kept;
  #worker;
  #timer;
  #jobs = 0;
  #before = Promise.resolve();

  constructor(base) {
    this.base = base;
    this.stop = () => {};
  }

  get isLoaded() {
    return this.#kept !== undefined;
  }

  /** Runs a job after those before it; gives how it ended: "done", "late", "stopped" or "failed". */
  run(job, heard) {
    const ended = this.#before.then(() => this.#run(job, heard)).then(
      () => "done",
      (why) => (typeof why === "string" ? why : "failed"),
    );
    this.#before = ended;
    return ended;
  }

  async #run(asked, heard) {
    if (!this.#worker) await this.#start(heard);
    heard({ started: true });
    const job = (this.#jobs += 1);
    try {
      const done = this.#until((said) => said.job === job && said.done, (said) => {
        this.#arm();
        heard(said);
      });
      this.#arm();
      this.#worker.postMessage({ ...asked, job });
      if ((await done).ends) this.#end();
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** Starts a worker, of what is kept if there was one before. One of a blob inherits the page's policy, which one of a URL does not. */
  async #start(heard) {
    heard({ loading: 0 });
    this.#scripts ??= await scriptsOf(this.base);
    const url = URL.createObjectURL(new Blob(this.#scripts, { type: "text/javascript" }));
    this.#worker = new Worker(url, { type: "module" });
    await this.#until((said) => said.ready);
    URL.revokeObjectURL(url);
    this.#worker.postMessage({ base: this.base, kept: this.#kept });
    const { kept } = await this.#until((said) => said.loaded || said.failed, heard);
    if (!kept) return this.stop("failed");
    this.#kept = kept;
  }

  /** Hears what the worker says, until it says what is waited for. */
  #until(isEnd, heard = () => {}) {
    return new Promise((resolve, reject) => {
      this.stop = (why) => {
        this.#end();
        reject(why);
      };
      this.#worker.onerror = () => this.stop(this.isLoaded ? "stopped" : "failed");
      this.#worker.onmessage = ({ data }) => {
        heard(data);
        if (isEnd(data)) resolve(data);
      };
    });
  }

  #arm() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop("late"), SECONDS * 1000);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
  }
}

async function textOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(url.pathname);
  return response.text();
}

/** The scripts that make a worker, one after the other, as the engine's manifest has them. */
async function scriptsOf(base) {
  const names = /^scripts = (\[.*\])$/m.exec(await textOf(new URL("engine.toml", base)));
  const texts = await Promise.all(JSON.parse(names[1]).map((name) => textOf(new URL(name, base))));
  return texts.flatMap((text) => [text, "\n"]);
}

// Desks

/** Makes a desk of the page live. */
function furnish(node) {
  const field = find("textarea", node);
  const desk = {
    node,
    field,
    words: node.dataset,
    slug: node.dataset.problem,
    data: JSON.parse(find("script", node).textContent),
    engine: Engine.at(node.dataset.engine),
    runs: find(".run", node),
    status: find(".desk-said", node),
    results: find(".results", node),
  };
  const { draft, solved } = recall(desk.slug);
  field.value = draft ?? field.defaultValue;
  find(".solved", node).hidden = !solved;
  grow(desk);
  sayLoads(desk);
  field.addEventListener("input", () => {
    grow(desk);
    keep(desk.slug, { draft: field.value === field.defaultValue ? undefined : field.value });
  });
  field.addEventListener("keydown", keyed(desk));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!desk.running) run(desk);
  });
  desk.runs.addEventListener("click", () => (desk.running ? desk.engine.stop("stopped") : run(desk)));
  find(".reset", node).addEventListener("click", () => put(field, field.defaultValue));
  timer(find(".clock", node), desk.words);
  browser(desk, find(".browse", node));
  for (const control of all("button", node)) control.disabled = false;
  return desk;
}

function sayLoads({ node, words, engine }) {
  find(".loads", node).textContent = engine.isLoaded || words.bytes === "0" ? "" : say(words.loads, { size: megabytes(words.bytes) });
}

/** Puts a program through the cases; gives their answers, as far as they came, and how it ended. */
async function tried(desk, program, heard = () => {}) {
  const answers = [];
  const ended = await desk.engine.run({ program, ...desk.data }, (said) => {
    if (said.case !== undefined) answers[said.case] = said;
    heard(said);
    sayProgress(desk, said);
  });
  sayLoads(desk);
  return { answers, ended, passed: answers.filter(({ passed }) => passed).length };
}

function sayProgress({ node, words, engine, status }, { loading, started }) {
  if (started) status.textContent = words.running;
  else if (loading === 0) status.textContent = words.loading;
  else if (loading && !engine.isLoaded) {
    find(".loads", node).textContent = say(words.loaded, { loaded: megabytes(loading), size: megabytes(Math.max(loading, words.bytes)) });
  }
}

/** Runs what the reader wrote. Run becomes Stop, if it takes a while. */
async function run(desk) {
  const { node, field, words, slug, data, runs, results, status } = desk;
  let patience;
  desk.running = true;
  runs.ariaBusy = node.ariaBusy = "true";
  const trial = await tried(desk, field.value, ({ started }) => {
    if (started) patience = setTimeout(() => (runs.textContent = words.stop), 300);
  });
  clearTimeout(patience);
  runs.textContent = words.run;
  desk.running = false;
  runs.ariaBusy = node.ariaBusy = null;
  status.textContent = conclusion(words, data.cases, trial);
  status.classList.toggle("good", trial.passed === data.cases.length);
  if (trial.ended === "failed") return;
  const failed = data.cases.findIndex((_, at) => !trial.answers[at]?.passed);
  results.replaceChildren(...data.cases.map((_, at) => found(desk, trial, at, at === 0 || at === failed)));
  all(".differs, mark", results).at(0)?.scrollIntoView({ block: "nearest" });
  status.scrollIntoView({ block: "nearest" });
  find(".given", node).hidden = true;
  blame(desk, trial.answers.find((answer) => answer?.error?.line)?.error.line);
  if (trial.passed < data.cases.length) return;
  keep(slug, { solved: new Date().toISOString().slice(0, 10) });
  find(".solved", node).hidden = false;
  node.dispatchEvent(new Event("solved", { bubbles: true }));
}

function conclusion(words, cases, { ended, passed }) {
  if (ended === "failed") return words.failed;
  const count = passed === cases.length ? words.all : say(words.passed, { passed: amount(passed) });
  return ended === "done" ? `${count}.` : `${say(words[ended], { seconds: SECONDS })}. ${count}.`;
}

// Results

/** What came of a case. */
function found({ node, words, data }, { answers, ended }, at, open) {
  const answer = answers[at];
  const [kind, verdict] = judged(words, answer, ended, at === answers.length);
  const summary = element("summary", {}, element("span", { className: "verdict", textContent: verdict }), ` ${data.cases[at].name}`);
  const within = element("div", { className: "folded" });
  const details = element("details", { className: `code-block case ${kind}`, open: open && Boolean(answer) }, summary, within);
  // Tables may be long, and most are never looked at.
  const fill = () => within.childElementCount === 0 && answer && within.append(...shown(node, words, data, at, answer));
  if (details.open) fill();
  details.addEventListener("toggle", fill);
  return details;
}

function judged(words, answer, ended, isNext) {
  if (answer?.broken !== undefined) return ["fail", words.broken];
  if (answer) return answer.passed ? ["pass", words.pass] : ["fail", words.fail];
  if (ended === "late" && isNext) return ["fail", say(words.late, { seconds: SECONDS })];
  return ["skipped", words.skipped];
}

function shown(node, words, data, at, answer) {
  const { message, error, broken, printed } = answer;
  const { name, args } = data.cases[at];
  const parts = [];
  if (args !== undefined) parts.push(...labeled(words.arguments, pre([args])));
  if (error) parts.push(blamed(node, words, error));
  else if (message ?? broken) parts.push(element("p", { className: "why", textContent: `${message ?? broken}.` }));
  if (error?.traceback) parts.push(...labeled(words.traceback, pre([error.traceback])));
  if (answer.expected) parts.push(...(data.language === "sql" ? tables(words, name, answer) : values(words, answer)));
  if (printed) parts.push(...labeled(words.printed, pre([printed])));
  return parts;
}

/** What a program's own error says, and the way to its line. */
function blamed(node, words, { message, line, traceback }) {
  const told = element("p", { className: "why" });
  if (line) told.append(button(say(words.line, { line }), () => select(find("textarea", node), line)), " ");
  told.append(`${traceback ? traceback.trimEnd().split("\n").at(-1) : message}`);
  return told;
}

function labeled(label, content) {
  return [element("p", { className: "label", textContent: label }), content];
}

function pre(parts) {
  return element("pre", { tabIndex: 0 }, element("code", {}, ...parts));
}

function values(words, { passed, got, expected }) {
  if (passed) return labeled(words.result, pre([got]));
  if (got === null) return labeled(words.expected, pre([expected]));
  return [...labeled(words.expected, pre(marked(expected, got))), ...labeled(words.got, pre(marked(got, expected)))];
}

/** A text with what another has not marked: all between the words at which they first and last differ. */
function marked(text, other) {
  const isWord = (at) => /[\w.]/.test(text[at] ?? "");
  const most = Math.min(text.length, other.length);
  let start = 0;
  while (start < most && text[start] === other[start]) start += 1;
  let end = text.length;
  while (end > start && text.length - end < most - start && text[end - 1] === other[other.length - 1 - (text.length - end)]) end -= 1;
  while (start > 0 && isWord(start - 1) && isWord(start)) start -= 1;
  while (end > start && isWord(end - 1) && isWord(end)) end += 1;
  return [text.slice(0, start), element("mark", { textContent: text.slice(start, end) }), text.slice(end)];
}

function tables(words, name, { passed, got, expected, difference }) {
  const one = (label, of, row) => labeled(label, table(words, `${name}: ${label}`, of, { ...difference, row }));
  if (passed) return one(words.result, got);
  const parts = [element("div", {}, ...one(words.expected, { ...expected, columns: expected.columns ?? [] }, difference?.expected))];
  if (got) parts.push(element("div", {}, ...one(words.got, got, difference?.got)));
  return [element("div", { className: "compared" }, ...parts)];
}

/** A table. Its row that differs is marked, and in it the value, if there is one of the other table to compare it with. */
function table(words, ariaLabel, { columns, rows, count }, { row = null, column = null }) {
  const isNamed = row === null && column !== null;
  const sides = columns.map((_, at) => (rows.some((cells) => cells[at]?.number) ? "right" : ""));
  const heads = columns.map((name, at) => element("th", { scope: "col", className: sides[at] }, isNamed && at === column ? mark(words, name) : name));
  const lines = rows.map((cells, number) => {
    const isMarked = (at) => number === row && (column === null || at === column);
    const line = element("tr", { className: number === row ? "differs" : "" });
    line.append(...cells.map((value, at) => cell(words, value, sides[at], isMarked(at))));
    return line;
  });
  const body = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...lines));
  const frame = element("div", { className: "table", tabIndex: 0, role: "group", ariaLabel }, body);
  if (count === 0) frame.append(element("p", { className: "note", textContent: words.empty }));
  if (count > rows.length) frame.append(element("p", { className: "note", textContent: say(words.rows, { shown: amount(rows.length), count: amount(count) }) }));
  return frame;
}

function cell(words, value, side, isMarked) {
  const text = value === null ? "NULL" : (value.number ?? value);
  return element("td", { className: value === null ? `none ${side}` : side }, isMarked ? mark(words, text) : text);
}

function mark(words, text) {
  return element("mark", {}, text, element("span", { className: "unseen", textContent: ` (${words.differs})` }));
}

/** The tables that a case's setup makes, of the case that is chosen. */
function browser({ node, words, data, engine, status }, details) {
  if (!details) return;
  const place = find(".tables", details);
  const choice = find("select", details);
  const show = async () => {
    const { setup } = data.cases[choice.value];
    place.textContent = engine.isLoaded ? "" : words.loading;
    let answer = {};
    const ended = await engine.run({ tables: setup }, (said) => (answer = { ...answer, ...said }));
    place.replaceChildren(...(answer.tables ?? []).flatMap((one) => schema(words, one)));
    if (!answer.tables) place.textContent = answer.broken ?? (ended === "failed" ? words.failed : words.stopped);
    sayLoads({ node, words, engine, status });
  };
  choice.addEventListener("change", show);
  details.addEventListener("toggle", () => details.open && place.childElementCount === 0 && show());
}

function schema(words, { name, columns, rows, count }) {
  const about = ({ name, type, key }) => element("span", {}, name, " ", element("small", { textContent: [type, ...(key ? [words.key] : [])].join(", ") }));
  return labeled(name, table(words, name, { columns: columns.map(about), rows, count }, {}));
}

// The editor

/** As many lines as there are, and their numbers. */
function grow({ node, field }) {
  const count = field.value.split("\n").length;
  field.rows = count;
  find(".gutter", node).replaceChildren(...Array.from({ length: count }, (_, at) => element("span", { textContent: `${at + 1}\n` })));
}

/** Marks the line at which a program failed. */
function blame({ node }, line) {
  all(".gutter span", node).forEach((number, at) => number.classList.toggle("at-fault", at + 1 === line));
}

function select(field, line) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
}

/** Writes as a reader would, so that it can be undone; setting the value could not. */
function type(text) {
  document.execCommand(text === "" ? "delete" : "insertText", false, text);
}

/** Puts a whole program into the editor. */
function put(field, text) {
  field.focus();
  field.select();
  type(text);
}

/** Tab indents, unless Escape came before; a new line begins where the one above does. */
function keyed({ field, data }) {
  const unit = " ".repeat(data.language === "python" ? 4 : 2);
  let leaves = false;
  return (event) => {
    const { key, shiftKey, isComposing } = event;
    if (isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const before = field.value.slice(0, field.selectionStart).split("\n").at(-1);
    if (key === "Tab" && !leaves) indent(field, unit, shiftKey);
    else if (key === "Enter") type(`\n${/^\s*/.exec(before)[0]}${/:\s*$/.test(before) && data.language === "python" ? unit : ""}`);
    else {
      if (key !== "Shift") leaves = key === "Escape";
      return;
    }
    event.preventDefault();
  };
}

/** Writes an indentation, or moves the lines of a selection. */
function indent(field, unit, isBack) {
  const { value, selectionStart, selectionEnd } = field;
  if (!isBack && !value.slice(selectionStart, selectionEnd).includes("\n")) return type(unit);
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = Math.max(value.indexOf("\n", selectionEnd), selectionEnd);
  const lines = value.slice(start, end);
  const moved = isBack ? lines.replace(new RegExp(`^ {1,${unit.length}}`, "gm"), "") : lines.replace(/^(?=.)/gm, unit);
  if (moved === lines) return;
  field.setSelectionRange(start, end);
  type(moved);
  field.setSelectionRange(start, start + moved.length);
}

/** A clock that one may start, and pause. */
function timer(clock, words) {
  const [time, control] = clock.children;
  let [passed, since, ticks] = [0, null, null];
  const show = () => {
    const seconds = Math.floor((passed + (since ? Date.now() - since : 0)) / 1000);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  control.addEventListener("click", () => {
    if (since) passed += Date.now() - since;
    since = since ? null : Date.now();
    control.textContent = since ? words.pause : words.start;
    clearInterval(ticks);
    if (since) ticks = setInterval(show, 500);
    show();
  });
}

// What is around a desk

/** Solutions can be taken over, and mistakes be seen to fail. */
function programs(desk, page) {
  for (const details of all(".solution", page)) {
    details.append(element("p", { className: "try" }, button(desk.words.take, () => put(desk.field, codeOf(details)))));
  }
  for (const details of all(".wrong", page)) {
    const status = element("span", { role: "status" });
    const place = element("div", { className: "results" });
    const tries = async () => {
      const trial = await tried({ ...desk, status }, codeOf(details));
      status.textContent = trial.ended === "failed" ? desk.words.failed : say(desk.words.caught, { failed: amount(desk.data.cases.length - trial.passed) });
      const failed = desk.data.cases.findIndex((_, at) => !trial.answers[at]?.passed);
      place.replaceChildren(...(failed < 0 || trial.ended === "failed" ? [] : [found(desk, trial, failed, true)]));
    };
    details.append(element("p", { className: "try" }, button(desk.words.try, tries), " ", status), place);
  }
}

const codeOf = (details) => find("code", details).textContent.trimEnd();

/** The next hint is there once the one before was read. */
function oneByOne(hints) {
  hints.slice(1).forEach((hint, at) => {
    hint.hidden = true;
    find("details", hints[at]).addEventListener("toggle", () => (hint.hidden = false), { once: true });
  });
}

function keepAnswer(field) {
  if (!field) return;
  field.value = recall(field.dataset.problem).draft ?? "";
  field.addEventListener("input", () => keep(field.dataset.problem, { draft: field.value || undefined }));
}

/** Brings a problem's desk to another page, in place of the button that asks for it. */
export async function bring(asking) {
  const { page, style } = asking.dataset;
  const sheet = element("link", { rel: "stylesheet", href: style });
  const ready = new Promise((resolve, reject) => Object.assign(sheet, { onload: resolve, onerror: reject }));
  document.head.append(sheet);
  const [text] = await Promise.all([textOf(new URL(page, location)), ready]);
  const desk = find(".desk", new DOMParser().parseFromString(text, "text/html"));
  for (const shown of all(".starter", asking.closest(".task"))) shown.remove();
  asking.closest("p").before(desk);
  asking.remove();
  furnish(desk).field.focus();
}

document.documentElement.classList.add("js");
for (const node of all(".desk.live")) programs(furnish(node), document);
oneByOne(all(".hints > li"));
keepAnswer(find(".own-answer textarea"));
