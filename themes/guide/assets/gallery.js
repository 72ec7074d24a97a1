// The gallery of loops in another order, which stands in the address. Without this, loops stand by name.

const choice = document.querySelector(".gallery-sort select");
const list = choice?.closest("p").nextElementSibling;
const loops = [...(list?.children ?? [])];

/** Puts the longest first, or all by name, and shows by what they are sorted. */
function sort(by) {
  list.append(...(by ? loops.toSorted((a, b) => b.dataset[by] - a.dataset[by]) : loops));
  for (const figure of list.querySelectorAll("[data-by]")) figure.hidden = figure.dataset.by !== by;
}

/** Takes the order that the address asks for. */
function read() {
  choice.value = new URLSearchParams(location.search).get("sort") ?? "";
  if (choice.selectedIndex === -1) choice.value = "";
  sort(choice.value);
}

function choose() {
  sort(choice.value);
  const asked = new URLSearchParams(location.search);
  asked.delete("sort");
  if (choice.value) asked.set("sort", choice.value);
  history.pushState(null, "", (asked.size ? `?${asked}` : location.pathname) + location.hash);
}

if (choice) {
  read();
  choice.addEventListener("change", choose);
  addEventListener("popstate", read);
}
