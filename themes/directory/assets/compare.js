// Puts two to four things side by side. What there is to choose comes from a file; what is shown of a thing is taken from its page, where the
// build has set it. The address says what is compared: ?a=…&b=….

const picker = document.querySelector(".picker");
const place = document.querySelector(".compared");
const status = picker.querySelector("[role=status]");
const selects = [...picker.querySelectorAll("select")];
const differ = picker.querySelector("[name=differ]");
const words = picker.dataset;

/** @type {Map<string, Promise<Document>>} */
const loaded = new Map();
let columns = [];
/** Titles and addresses of things by slug. @type {Map<string, [string, string]>} */
let things = new Map();
let turn = 0;

start();

async function start() {
  try {
    const answer = await fetch(words.choices);
    const choices = await (answer.ok ? answer.json() : Promise.reject(answer.status));
    columns = choices.columns;
    things = new Map(choices.things.map(([slug, ...thing]) => [slug, thing]));
  } catch {
    status.textContent = words.failed;
    return;
  }
  const options = [...things].map(([slug, [title]]) => new Option(title, slug));
  for (const select of selects) select.replaceChildren(new Option(words.nobody, ""), ...options.map((option) => option.cloneNode(true)));
  picker.addEventListener("change", ({ target }) => (target === differ ? mark() : choose()));
  addEventListener("popstate", read);
  read();
}

/** Takes from the address what there is. */
function read() {
  const asked = new URLSearchParams(location.search);
  for (const select of selects) select.value = things.has(asked.get(select.name)) ? asked.get(select.name) : "";
  show();
}

function choose() {
  const said = new URLSearchParams(selects.filter(({ value }) => value).map(({ name, value }) => [name, value]));
  history.pushState(null, "", said.size ? `?${said}` : location.pathname);
  show();
}

/** Shows what is chosen, from two things on. */
async function show() {
  const mine = (turn += 1);
  const slugs = [...new Set(selects.map(({ value }) => value).filter(Boolean))];
  status.textContent = "";
  if (slugs.length < 2) {
    place.hidden = true;
    return;
  }
  try {
    const pages = await Promise.all(slugs.map((slug) => load(things.get(slug)[1])));
    if (mine !== turn) return;
    place.replaceChildren(tableOf(slugs, pages));
    place.hidden = false;
    mark();
    status.textContent = words.shown.replace("{n}", slugs.length);
  } catch {
    if (mine === turn) status.textContent = words.failed;
  }
}

/** A thing's page, which is asked for once unless that failed. */
function load(url) {
  const known = loaded.get(url) ?? fetch(url)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((text) => new DOMParser().parseFromString(text, "text/html"));
  loaded.set(url, known);
  known.catch(() => loaded.delete(url));
  return known;
}

/** A row for each column of which one of the things has a value. */
function tableOf(slugs, pages) {
  const table = element("table", { className: "comparison" });
  const head = table.createTHead().insertRow();
  head.append(element("td"), ...slugs.map((slug) => {
    const cell = element("th", { scope: "col" });
    cell.append(element("a", { href: things.get(slug)[1], textContent: things.get(slug)[0] }));
    return cell;
  }));
  const body = table.createTBody();
  for (const [name, label, kind] of columns) {
    const values = pages.map((page) => page.querySelector(`[data-column="${CSS.escape(name)}"] :is(dd, .prose)`));
    if (!values.some(Boolean)) continue;
    const row = body.insertRow();
    row.append(element("th", { scope: "row", textContent: label }));
    for (const value of values) row.append(cellOf(value, kind));
    row.className = new Set(values.map((value) => value?.textContent ?? "")).size > 1 ? "differs" : "same";
  }
  return table;
}

function cellOf(value, kind) {
  const cell = element("td", { className: kind });
  cell.append(...[...(value?.childNodes ?? [])].map((node) => document.importNode(node, true)));
  return cell;
}

function mark() {
  place.classList.toggle("only-differing", differ.checked);
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
