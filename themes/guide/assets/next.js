// Which problem comes next: of those that the page names, the first that the reader has not solved. It is said at the desk, too, once this one is.

import { recall } from "./practice-store.js";

const list = document.querySelector(".next-problems");

/** Shows one of the list; the first if all are solved. */
function choose() {
  const items = [...list.children];
  const next = items.find(({ dataset }) => !recall(dataset.slug).solved) ?? items[0];
  for (const item of items) item.hidden = item !== next;
  return next;
}

/** Says below what came of the cases where to go on. What is run again takes it away. */
function goOn({ target }) {
  const said = target.querySelector(".desk-said");
  const [before, after] = list.dataset.next.split("{problem}");
  said?.append(" ", before, choose().querySelector("a").cloneNode(true), after);
}

if (list) {
  choose();
  document.addEventListener("solved", goOn);
  addEventListener("pageshow", ({ persisted }) => persisted && choose());
}
