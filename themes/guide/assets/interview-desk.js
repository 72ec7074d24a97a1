// What is chosen in "My interview", which the form, the address and the browser agree on, and the plan that follows from it.

import { element, file, say } from "./interview-files.js";
import { NAMES, checked, forget, keep, recall, today } from "./interview-store.js";
import { opened as openedFiles, show as showPlan, styled } from "./interview-view.js";

/** The desk of the page, once the guide is there. */
let desk;

export async function opened(root) {
  desk ??= file(root.dataset.guide).then((guide) => new Desk(root, guide));
  return desk;
}

/** The day that comes in so many weeks. */
function dayIn(weeks) {
  const now = new Date();
  return today(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 7 * weeks));
}

class Desk {
  #turn = 0;
  #filled;
  #isLed = location.hash === "#plan";

  constructor(root, guide) {
    this.root = root;
    this.guide = guide;
    this.fields = Object.fromEntries(NAMES.map((name) => [name, root.querySelector(`[name=${name}]`)]));
    this.begin();
    // Another tab, or a problem that one comes back from, may have changed what is done.
    addEventListener("storage", ({ key }) => (key === null || key === "interview" || key.startsWith("practice:")) && this.begin());
    addEventListener("pageshow", ({ persisted }) => persisted && this.begin());
  }

  /** Takes what the address says, or else what is kept, and shows it. */
  begin() {
    const kept = recall();
    const asked = Object.fromEntries(new URLSearchParams(location.search));
    const isAsked = NAMES.some((name) => asked[name]);
    const { chosen, refused } = checked(this.guide, isAsked ? asked : (kept?.chosen ?? {}));
    const isSame = kept && NAMES.every((name) => name === "hours" || (chosen[name] ?? "") === (kept.chosen[name] ?? ""));
    this.chosen = { hours: kept?.chosen.hours ?? this.#usual(), ...chosen };
    this.done = kept?.done ?? {};
    this.start = isSame ? kept.start : today();
    // What the address says is kept as soon as the reader changes something.
    this.mine = kept && isAsked && !isSame ? kept : undefined;
    this.refused = isAsked ? refused : [];
    if (this.refused.length === 0 && !this.mine) this.#address();
    this.#fill();
    this.show();
  }

  #usual() {
    return this.guide.hours[1].slug;
  }

  /** Something else is chosen, maybe before all scripts were there: the plan for it begins today. */
  changed(name, value) {
    this.chosen = checked(this.guide, { ...this.chosen, [name]: value }).chosen;
    this.#fill(this.#filled);
    this.replan();
  }

  inWeeks(count) {
    this.changed("date", dayIn(count));
  }

  replan() {
    this.start = today();
    this.save();
    this.show(true);
  }

  /** Keeps what is shown, in the browser and in the address. */
  save() {
    keep(this);
    this.mine = undefined;
    this.refused = [];
    this.root.querySelector(".interview-notice")?.remove();
    this.#address();
  }

  /** What the address names and the guide does not have. */
  #refusal() {
    const { words } = this.guide;
    const what = this.refused.map(([name, value]) => `${words.fields[name]} “${value.slice(0, 40)}”`);
    return what.length ? say(words.refused, { what: what.join(words.next) }) : "";
  }

  #address() {
    const said = NAMES.map((name) => [name, this.chosen[name]]).filter(([name, value]) => value && !(name === "hours" && value === this.#usual()));
    history.replaceState(null, "", said.length ? `?${new URLSearchParams(said)}` : location.pathname);
  }

  /** Shows what is kept in place of what the address said. */
  back() {
    history.replaceState(null, "", location.pathname);
    this.begin();
  }

  forget() {
    forget();
    this.back();
  }

  /** Shows the plan for what is chosen, once the files for it are there. */
  async show(isSaid) {
    const turn = (this.#turn += 1);
    const said = this.root.querySelector(".interview-said");
    this.root.ariaBusy = "true";
    try {
      const [files] = await Promise.all([openedFiles(this.root.dataset.guide, this.chosen), styled(this.root.dataset.style)]);
      if (turn !== this.#turn) return;
      said.textContent = this.#refusal();
      this.#fill(files.company);
      const summary = showPlan(this, files);
      if (isSaid) document.querySelector(".script-status").textContent = summary;
      else this.#goOn();
    } catch {
      said.textContent = this.root.dataset.failed;
    }
    this.root.ariaBusy = null;
  }

  /** Who comes to go on comes to the plan, which was not there when the browser looked for it. */
  #goOn() {
    const plan = this.root.querySelector(".interview-plan");
    if (this.#isLed) plan.scrollIntoView({ behavior: "instant" });
    this.#isLed = false;
  }

  /** The options of the form: where a company tells, in groups. They are made anew only for another company. */
  #fill(company) {
    const { guide, chosen, fields } = this;
    if (this.#filled !== company) {
      const title = say(guide.words.at, { company: guide.companies.find(({ slug }) => slug === chosen.company)?.name });
      const called = (level) => company?.levels.find((entry) => entry.level === level.slug)?.names;
      this.#options(fields.role, guide.roles, company?.roles.map(({ role }) => role), title);
      this.#options(fields.place, guide.places, company?.places, title);
      this.#options(fields.level, guide.levels.map((level) => ({ ...level, name: called(level) ? say(guide.words.called, { level: level.name, name: called(level) }) : level.name })));
      this.#filled = company;
    }
    for (const name of NAMES) {
      const value = chosen[name] ?? "";
      if (fields[name].value !== value) fields[name].value = value;
    }
    for (const button of this.root.querySelectorAll(".interview-when button")) button.ariaPressed = String(dayIn(Number(button.value)) === chosen.date);
  }

  #options(field, records, here, title) {
    const option = ({ slug, name }) => element("option", { value: slug, textContent: name });
    const group = (label, some) => (some.length ? [element("optgroup", { label }, ...some.map(option))] : []);
    const isHere = ({ slug }) => here.includes(slug);
    const groups = here?.length ? [...group(title, records.filter(isHere)), ...group(this.guide.words.others, records.filter((record) => !isHere(record)))] : records.map(option);
    field.replaceChildren(field.options[0], ...groups);
  }
}
