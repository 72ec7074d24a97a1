// What a table of things does with a script, where it holds all of them: its heads sort it, and words filter it. The address says how.

const table = document.querySelector("table[data-found]");
const field = document.getElementById(":filter");
const status = document.querySelector(".list-head [role=status]");

if (table && field) start();

function start() {
  const list = { body: table.tBodies[0], heads: [...table.tHead.rows[0].cells], sorted: 0, down: false };
  list.rows = [...list.body.rows].map((row, place) => ({ row, place, text: row.textContent.toLowerCase() }));
  list.all = status.textContent;
  for (const head of list.heads.filter(({ dataset }) => dataset.sorts)) addButton(list, head);
  field.addEventListener("input", () => {
    filter(list);
    keepAddress(list);
  });
  readAddress(list);
}

function addButton(list, head) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent, title: table.dataset.sort.replace("{column}", () => head.textContent) });
  button.addEventListener("click", () => {
    const down = head.ariaSort ? head.ariaSort === "ascending" : head.dataset.sorts === "number";
    sort(list, head, down);
    keepAddress(list);
  });
  head.replaceChildren(button);
}

/** Numbers by size, texts as the page's language has it; what has no value comes last in either direction. */
function sort(list, head, down) {
  const column = list.heads.indexOf(head);
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = ({ row }) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  const order = head.dataset.sorts === "number" ? (a, b) => Number(a) - Number(b) : compare;
  const ranked = list.rows.map((item) => ({ item, value: value(item) })).sort((a, b) => {
    if (a.value === "" || b.value === "") return (a.value === "") - (b.value === "") || a.item.place - b.item.place;
    return (down ? -1 : 1) * order(a.value, b.value) || a.item.place - b.item.place;
  });
  for (const each of list.heads) each.ariaSort = each === head ? (down ? "descending" : "ascending") : null;
  list.body.append(...ranked.map(({ item }) => item.row));
  Object.assign(list, { sorted: column, down });
}

/** Shows the rows that have all words. */
function filter(list) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of list.rows) {
    row.hidden = !words.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  status.textContent = words.length > 0 ? table.dataset.found.replace("{shown}", shown) : list.all;
}

function keepAddress({ sorted, down }) {
  const said = new URLSearchParams();
  if (field.value) said.set("filter", field.value);
  if (sorted || down) said.set("sort", `${sorted}${down ? "-down" : ""}`);
  history.replaceState(null, "", (said.size ? `?${said}` : location.pathname) + location.hash);
}

function readAddress(list) {
  const asked = new URLSearchParams(location.search);
  const [column, way] = (asked.get("sort") ?? "").split("-");
  const head = list.heads[column];
  if (head?.dataset.sorts) sort(list, head, way === "down");
  field.value = asked.get("filter") ?? "";
  if (field.value) filter(list);
}
