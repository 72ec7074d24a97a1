// A reader's own pay as a mark on every axis of the page. It is kept in the browser, and nowhere else.

const KEY = "own-pay";
const control = document.querySelector(".own-pay");
const field = control?.querySelector("input");
const lists = [...document.querySelectorAll(".chart-list")];
const compact = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "USD", notation: "compact", maximumSignificantDigits: 3 });

/** What is kept, as an amount; nought if nothing is, or nothing that can be read. */
function kept() {
  try { return Number(localStorage.getItem(KEY)) || 0; } catch { return 0; }
}

function keep(amount) {
  try {
    if (amount) localStorage.setItem(KEY, String(amount));
    else localStorage.removeItem(KEY);
  } catch { /* The mark is there as long as the page is. */ }
}

/** Where an amount is on an axis, in percent; one that is beyond it stands at its end. */
function place({ dataset: { low, high } }, amount) {
  const share = (amount - Number(low)) / (Number(high) - Number(low));
  return { at: `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`, beyond: share < 0 ? control.dataset.below : share > 1 ? control.dataset.above : "" };
}

/** Marks an amount on an axis: in a row of its own, and as a line across the others. */
function mark(list, amount) {
  for (const old of list.querySelectorAll(":scope > .own, line.own")) old.remove();
  if (!amount) return;
  const { at, beyond } = place(list, amount);
  const row = control.querySelector(".pattern").firstElementChild.cloneNode(true);
  const line = row.querySelector("line");
  for (const name of ["x1", "x2"]) line.setAttribute(name, at);
  row.querySelector("circle").setAttribute("cx", at);
  row.querySelector("small").textContent = beyond;
  row.querySelector(".chart-value").textContent = compact.format(amount);
  if (beyond) line.remove();
  else for (const svg of list.querySelectorAll(".chart-lane > svg")) svg.append(line.cloneNode());
  list.append(row);
}

function show(amount) {
  for (const list of lists) mark(list, amount);
}

function changed() {
  const amount = field.validity.valid ? field.valueAsNumber || 0 : 0;
  keep(amount);
  show(amount);
  const status = control.querySelector("[role=status]");
  const { some, none } = status.dataset;
  status.textContent = amount ? some.replace("{amount}", compact.format(amount)) : none;
}

if (field) {
  field.addEventListener("change", changed);
  addEventListener("storage", ({ key }) => {
    if (key !== KEY) return;
    field.value = kept() || "";
    show(kept());
  });
  field.value = kept() || "";
  show(kept());
}
