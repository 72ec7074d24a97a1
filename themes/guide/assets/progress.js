// Below the list of problems: what this browser keeps of them, to take elsewhere and to clear.

import * as interview from "./interview-store.js";
import { clear, everything, takeIn } from "./practice-store.js";

const progress = document.querySelector(".progress");
const [count, status, file] = [".count", "[role=status]", "input"].map((selector) => progress.querySelector(selector));
const words = progress.dataset;

const press = (name, action) => progress.querySelector(`.${name}`).addEventListener("click", action);

/** The count is of the problems that are still there. */
function show() {
  const solved = Object.entries(everything()).filter(([slug, entry]) => entry.solved && document.querySelector(`.problems a[href$="/${slug}/"]`));
  count.textContent = words.some.replace("{solved}", solved.length);
}

press("export", () => {
  const url = URL.createObjectURL(new Blob([JSON.stringify({ practice: everything(), interview: interview.everything() }, null, 2)], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: url, download: "practice.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
});

press("import", () => file.click());
file.addEventListener("change", async () => {
  const text = await file.files[0].text();
  const done = takeIn(text);
  if (done) interview.takeIn(JSON.parse(text).interview);
  file.value = "";
  show();
  status.textContent = done ? words.imported : words.refused;
});

// What is cleared does not come back: the second press does it.
press("clear", ({ target: button }) => {
  const asked = button.textContent;
  if (asked === words.sure) return;
  button.textContent = words.sure;
  const back = () => (button.textContent = asked);
  button.addEventListener("blur", back, { once: true });
  button.addEventListener("click", () => {
    clear();
    back();
    show();
    status.textContent = words.cleared;
  }, { once: true });
});

show();
