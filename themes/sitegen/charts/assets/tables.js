// Tables of data: sorted by a button in each head, filtered, and downloaded. What they hold is on the page, so that without this script they are
// whole. Words come from the page.

const order = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

for (const figure of document.querySelectorAll(".data-table")) enhance(figure);

function enhance(figure) {
  const [table] = figure.querySelectorAll("table");
  const tools = figure.querySelector(".data-table-tools");
  const body = table.tBodies[0];
  const all = [...body.rows];
  const filter = tools.querySelector("input");
  for (const head of table.tHead.rows[0].cells) sortable(head, body, all);
  filter.addEventListener("input", () => show(all, filter.value, tools.querySelector("[role=status]")));
  tools.querySelector("button").addEventListener("click", () => download(table, figure.dataset.name));
  tools.hidden = false;
}

/** Puts a button into a head, which sorts the rows up, then down, then as they were. */
function sortable(head, body, all) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const next = { ascending: "descending", descending: null }[head.ariaSort];
    const way = next === undefined ? "ascending" : next;
    for (const other of head.parentElement.cells) other.ariaSort = null;
    head.ariaSort = way;
    body.append(...(way ? sorted(all, head, way) : all));
  });
}

/** Rows by what they have below a head. Those that have nothing there come last, whichever way. */
function sorted(all, { cellIndex, dataset: { kind } }, way) {
  const key = (row) => keyOf(row.cells[cellIndex], kind);
  const sign = way === "ascending" ? 1 : -1;
  return all.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (a === "" || b === "") return (a === "") - (b === "");
    return sign * (kind === "text" ? order.compare(a, b) : a < b ? -1 : a > b ? 1 : 0);
  });
}

/** What a cell is sorted by: a number, or a text; dates are texts that are in order. */
function keyOf(cell, kind) {
  const value = cell.dataset.value ?? cell.textContent.trim();
  return kind === "number" && value !== "" ? Number(value) : value;
}

/** Texts without what readers do not type: capitals and accents. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** Shows the rows that have all words, and says how many those are. */
function show(all, words, status) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of all) {
    const text = plain([...row.cells].map((cell) => cell.textContent).join(" "));
    row.hidden = !wanted.every((word) => text.includes(word));
    if (!row.hidden) shown += 1;
  }
  status.textContent = wanted.length ? status.dataset.shown.replace("{shown}", shown).replace("{of}", all.length) : "";
}

/** Gives the rows that are shown as a file, in their order: figures as they are, not as they are said. */
function download(table, name) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  const lines = rows.map((row) => [...row.cells].map((cell) => quoted(cell.dataset.value ?? cell.textContent.trim())).join(","));
  const link = document.createElement("a");
  // The mark at the beginning tells spreadsheets that this is Unicode.
  link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
