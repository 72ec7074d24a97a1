// My interview: fills the form. What follows from it, interview-desk.js does, which is loaded when something is chosen, in the form, the address
// or the browser. All words are in the file of the guide that the build made for this page.

import { element, file } from "./interview-files.js";

const root = document.querySelector(".interview");
const find = (selector) => root.querySelector(selector);
const desk = () => import("./interview-desk.js").then(({ opened }) => opened(root));

/** Whether there is something to show: what others may have written is looked at later. */
function isKept() {
  try { return localStorage.getItem("interview") !== null; } catch { return false; }
}

async function start() {
  const guide = await file(root.dataset.guide);
  for (const [name, records] of Object.entries({ company: guide.companies, role: guide.roles, level: guide.levels, place: guide.places, hours: guide.hours })) {
    find(`[name=${name}]`).append(...records.map(({ slug, name }) => element("option", { value: slug, textContent: name })));
  }
  find("[name=hours]").selectedIndex = 1;
  find(".interview-form").addEventListener("focusin", desk, { once: true });
  find(".interview-form").addEventListener("change", async ({ target: { name, value } }) => (await desk()).changed(name, value));
  find(".interview-when").addEventListener("click", async ({ target: { value } }) => value && (await desk()).inWeeks(Number(value)));
  if (location.search || isKept()) await desk();
}

start().catch(() => (find(".interview-said").textContent = root.dataset.failed));
