// What a list's controls do: words, facets and an order choose its items, and the address says what is chosen. What is true of an item stands
// on it as data-<facet>; what a page would be too long for stands in a file, which is fetched when the controls are first touched.

const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

const controls = find(".finder");
const words = find("[name=q]", controls ?? undefined);
const sort = find("[name=sort]", controls ?? undefined);
const chosenList = find(".chosen");
const clearButton = find(".clear-facets");

const items = all("main [data-name]").map((node) => ({ node, slug: node.dataset.slug, list: node.parentElement, text: node.textContent.toLowerCase() }));
const facets = all(".facet").map((node) => ({ node, name: node.dataset.facet, list: find("ul", node), label: find(".facet-name", node).textContent, chosen: new Set(), values: new Map() }));
/** Facets whose values are still to come, by name. */
const awaited = new Set(facets.filter(({ list }) => list.children.length === 0).map(({ name }) => name));
let coming;

if (controls) start();

function start() {
  for (const facet of facets) facet.values = own(facet);
  markSolved();
  controls.addEventListener("input", ({ target }) => target.matches(".narrow") ? narrow(target) : choose(target));
  controls.addEventListener("keydown", escape);
  for (const event of ["pointerenter", "focusin"]) controls.addEventListener(event, fetchValues, { once: true });
  // A facet that failed to load is tried again when it is opened.
  controls.addEventListener("toggle", ({ target }) => target.open && awaited.has(target.dataset.facet) && fetchValues(), true);
  find(".nothing button").addEventListener("click", () => clear(words));
  clearButton?.addEventListener("click", () => clear(words));
  find(".open-facets")?.addEventListener("click", fold);
  find(".shut-facets button")?.addEventListener("click", shut);
  addEventListener("popstate", read);
  addEventListener("pageshow", ({ persisted }) => persisted && markSolved());
  read();
}

/** The values of a facet that the items of the page answer, each with its title and the items that have it. */
function own({ name, list }) {
  const titles = all("input", list).map((box) => [box.value, find("span", box.parentElement).textContent]);
  const answers = (item, value) => (item.node.getAttribute(`data-${name}`) ?? "").split(" ").includes(value);
  return new Map(titles.map(([value, title]) => [value, { title, items: new Set(items.filter((item) => answers(item, value))) }]));
}

/** Fetches the values that the page lacks, once. */
function fetchValues() {
  if (awaited.size === 0 || !controls.dataset.from) return Promise.resolve();
  coming ??= fetch(controls.dataset.from)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(takeIn)
    .catch(() => {
      coming = undefined;
      for (const { list, name } of facets) if (awaited.has(name)) list.textContent = controls.dataset.failed;
    });
  return coming;
}

/** Fills the facets with what was fetched; what the address asked of them holds from now on. */
function takeIn({ items: slugs, facets: found }) {
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  for (const facet of facets.filter(({ name }) => awaited.has(name))) {
    const known = (found[facet.name] ?? []).map(([value, title, numbers]) => [value, { title, items: new Set(numbers.map((number) => bySlug.get(slugs[number])).filter(Boolean)) }]);
    facet.values = new Map(known);
    facet.list.replaceChildren(...known.map(([value, { title }]) => option(facet.name, value, title)));
    facet.node.classList.toggle("short", known.length <= 10);
  }
  awaited.clear();
  read();
}

function option(name, value, title) {
  const box = element("input", { type: "checkbox", name, value, autocomplete: "off" });
  const line = element("li");
  const label = element("label");
  label.append(box, " ", element("span", { textContent: title }), " ", element("small"));
  line.append(label);
  return line;
}

/** What this browser keeps of problems answers the facet "solved". */
async function markSolved() {
  const facet = facets.find(({ name }) => name === "solved");
  if (!facet) return;
  const { recall } = await import("./practice-store.js");
  for (const { node, slug } of items) {
    const { solved, draft } = recall(slug);
    node.dataset.solved = solved ? "yes" : draft ? "begun no" : "no";
  }
  facet.values = own(facet);
  show();
}

/** Takes what the address asks for. Of facets that are still to come, it stays in the address. */
function read() {
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("q") ?? "";
  if (sort) sort.value = asked.get("sort") ?? "";
  if (sort?.selectedIndex === -1) sort.value = "";
  for (const { name, chosen, values } of facets) {
    chosen.clear();
    for (const value of asked.getAll(name)) if (awaited.has(name) || values.has(value)) chosen.add(value);
  }
  if (facets.some(({ name, chosen }) => awaited.has(name) && chosen.size > 0)) fetchValues();
  show();
}

function choose(field) {
  if (field.type === "checkbox") {
    const { chosen } = facets.find(({ name }) => name === field.name);
    if (field.checked) chosen.add(field.value);
    else chosen.delete(field.value);
  }
  show();
  // A word is typed in many steps, of which the way back needs none.
  keepAddress(field === words ? "replaceState" : "pushState");
}

function clear(focus) {
  words.value = "";
  for (const { chosen } of facets) chosen.clear();
  show();
  keepAddress("pushState");
  focus.focus();
}

function keepAddress(way) {
  const said = new URLSearchParams();
  if (words.value) said.append("q", words.value);
  for (const { name, chosen } of facets) for (const value of chosen) said.append(name, value);
  if (sort?.value) said.append("sort", sort.value);
  const query = said.size ? `?${said}` : "";
  if (query !== location.search) history[way](null, "", (query || location.pathname) + location.hash);
}

function show() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const named = items.filter(({ text }) => wanted.every((word) => text.includes(word)));
  const active = facets.filter(({ name, chosen }) => chosen.size > 0 && !awaited.has(name));
  const fits = (item, but) => active.every((facet) => facet === but || [...facet.chosen].some((value) => facet.values.get(value)?.items.has(item)));
  const shown = new Set(named.filter((item) => fits(item)));
  for (const item of items) item.node.hidden = !shown.has(item);
  for (const facet of facets) count(facet, new Set(named.filter((item) => fits(item, facet))));
  arrange();
  all("main [data-group]").forEach(showGroup);
  for (const link of all(".toc a, .letters a")) link.parentElement.hidden = !document.getElementById(decodeURIComponent(link.hash.slice(1)))?.checkVisibility();
  showFound(shown.size);
  showChosen();
}

/** Says of each value of a facet how many items it would leave, as the other facets are. */
function count({ node, list, chosen, values }, among) {
  for (const box of all("input", list)) {
    const left = [...(values.get(box.value)?.items ?? [])].filter((item) => among.has(item)).length;
    box.checked = chosen.has(box.value);
    box.parentElement.classList.toggle("none", left === 0 && !box.checked);
    find("small", box.parentElement).textContent = left;
  }
  find(".picked", node).textContent = chosen.size || "";
}

/** Sorted items stand in one list, the first; otherwise each is at home in its own. */
function arrange() {
  if (!sort) return;
  const by = sort.value;
  const down = "down" in sort.selectedOptions[0].dataset ? -1 : 1;
  const order = (a, b) => down * a.node.dataset[by].localeCompare(b.node.dataset[by], root.lang, { numeric: true });
  for (const { node, list } of by ? items.toSorted(order) : items) (by ? items[0].list : list).append(node);
  root.classList.toggle("sorted", by !== "");
}

function showGroup(group) {
  const left = all("[data-name]:not([hidden])", group).length;
  group.hidden = left === 0;
  const shown = find("h2 small", group);
  if (shown) shown.textContent = left;
}

function showFound(shown) {
  const found = find(".found");
  found.textContent = (shown === items.length ? found.dataset.all : found.dataset.some).replace("{shown}", shown);
  find(".nothing").hidden = shown > 0;
  const left = find(".shut-facets button");
  if (left) left.textContent = left.dataset.some.replace("{shown}", shown);
}

/** A mark for each choice, which takes it back. */
function showChosen() {
  if (!chosenList) return;
  const { choice, remove } = chosenList.dataset;
  const marks = facets.flatMap((facet) => [...facet.chosen].filter((value) => facet.values.has(value)).map((value) => {
    const said = choice.replace("{facet}", facet.label).replace("{value}", facet.values.get(value).title);
    const button = element("button", { type: "button", textContent: said, ariaLabel: remove.replace("{choice}", said) });
    button.addEventListener("click", () => unchoose(facet, value, button));
    const mark = element("li");
    mark.append(button);
    return mark;
  }));
  chosenList.replaceChildren(...marks);
  chosenList.hidden = marks.length === 0;
  clearButton.hidden = marks.length === 0;
  find(".open-facets .picked").textContent = marks.length || "";
}

/** The focus goes on to the mark that takes the place of the one taken back, so that the keyboard is not lost. */
function unchoose({ chosen }, value, button) {
  const place = all("button", chosenList).indexOf(button);
  chosen.delete(value);
  show();
  keepAddress("pushState");
  const left = all("button", chosenList);
  (left[place] ?? left.at(-1) ?? find(".found")).focus();
}

/** Shows those values of a long facet that have what is typed above them. */
function narrow(field) {
  const part = field.value.trim().toLowerCase();
  for (const line of all("li", field.parentElement)) line.hidden = !line.textContent.toLowerCase().includes(part);
}

function escape({ key, target }) {
  if (key !== "Escape" || target.type !== "search") return;
  target.value = "";
  target.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** On a narrow screen, the facets are folded until they are asked for. */
function fold({ currentTarget: button }) {
  const open = find(".facets").classList.toggle("open");
  button.ariaExpanded = open;
}

/** Below the facets, which fill a narrow screen, what they left is out of sight: this folds them and leads there. */
function shut() {
  find(".open-facets").click();
  find(".found").focus();
  find(".results").scrollIntoView();
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
