// What pages do with a script. Without it, everything is there to read. Words come from the page.

const root = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

themeSwitch(find(".theme-switch"));
copyButtons(find(".script-status"));
wideFormulas(all("math:not([tabindex])"));
wideTables(all(".table"));
searchLink(find(".search-open"));
shortcuts(find(".search-open"));
solvedMarks(find(".script-status"));
practice(all(".solve"));
currentSection(all(".toc a"));
headingLinks(all("[data-anchors] :is(h2, h3, h4)[id]"));
showCurrent(find(".main-nav ul"));
showCurrentPage(find(".tree nav"));

/** Steps through the themes; the page's head has set the one that was chosen before. */
function themeSwitch(button) {
  if (!button) return;
  const show = () => (button.ariaLabel = button.title = button.dataset[root.dataset.theme] ?? "");
  button.addEventListener("click", () => {
    root.dataset.theme = nextTheme(root.dataset.theme);
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* The choice holds for this page. */ }
    show();
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== "theme") return;
    root.dataset.theme = newValue ?? "auto";
    show();
  });
  show();
}

/** The first step away from "auto" is the one that can be seen. */
function nextTheme(theme) {
  const themes = matchMedia("(prefers-color-scheme: dark)").matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return themes[(themes.indexOf(theme) + 1) % 3];
}

function copyButtons(status) {
  if (!navigator.clipboard) return;
  for (const pre of all("main pre:has(> code)")) {
    const frame = element("div", { className: "code-frame" });
    const button = element("button", { className: "copy", type: "button", textContent: status.dataset.copy });
    button.addEventListener("click", () => copy(pre, button, status));
    pre.replaceWith(frame);
    frame.append(pre, button);
  }
}

async function copy(pre, button, status) {
  const { copy, copied } = status.dataset;
  const done = await navigator.clipboard.writeText(codeOf(pre)).then(() => true, () => false);
  if (!done) return;
  button.textContent = status.textContent = copied;
  setTimeout(() => {
    button.textContent = copy;
    status.textContent = "";
  }, 2000);
}

/** Formulas within lines that do not fit and therefore scroll: the keyboard must reach them. */
function wideFormulas(formulas) {
  const wide = formulas.filter((math) => math.scrollWidth > math.clientWidth);
  for (const math of wide) math.setAttribute("tabindex", "0");
}

/** A table is a stop of the Tab key, in a region with its name, only where it is wider than its place; else it has the name itself. */
function wideTables(tables) {
  const named = new Map(tables.map(({ role, ariaLabel }, at) => [tables[at], { role, ariaLabel }]));
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const wide = target.scrollWidth > target.clientWidth;
    target.toggleAttribute("tabindex", wide);
    if (wide) target.tabIndex = 0;
    const { role, ariaLabel } = named.get(target);
    target.role = wide ? role : null;
    target.ariaLabel = wide ? ariaLabel : null;
    find("table", target).ariaLabel = wide ? null : ariaLabel;
  }));
  tables.forEach((table) => watch.observe(table));
}

/** The code as one would type it. */
function codeOf(pre) {
  const code = find("code", pre).cloneNode(true);
  for (const part of all(".prompt, .line-number, [aria-hidden=true]", code)) part.remove();
  const text = code.textContent.trimEnd();
  return /console|shell-session/.test(pre.className + code.className) ? text.replace(/^[$>] /gm, "") : text;
}

/** A row of links that is wider than the screen begins at the current one. */
function showCurrent(row) {
  const current = row && find("[aria-current]", row);
  if (current) row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}

/** A tree of pages that is taller than the window begins so that the current one is in view. */
function showCurrentPage(tree) {
  const current = tree && find('[aria-current="page"]', tree);
  const beyond = current ? current.getBoundingClientRect().bottom - tree.getBoundingClientRect().bottom : 0;
  if (beyond > 0) tree.scrollTop = beyond + tree.clientHeight / 2;
}

/** Opens the search over the page, which is loaded on first use; without it, there is a page of its own. */
function openSearch(link) {
  import(link.dataset.module).then((search) => search.open(link)).catch(() => location.assign(link.href));
}

function searchLink(link) {
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openSearch(link);
  });
}

/** Marks links to problems that the reader has solved, in lists. */
function solvedMarks(status) {
  const solved = (slug) => {
    try { return Boolean(JSON.parse(localStorage.getItem(`practice:${slug}`))?.solved); } catch { return false; }
  };
  for (const link of all("main li a[href*='/problems/'], main .related a[href*='/problems/']")) {
    if (solved(link.pathname.split("/").at(-2))) link.after(" ", element("span", { className: "solved", textContent: status.dataset.solved }));
  }
}

/** A problem can be solved where its prompt stands; without what that needs, it has a page of its own. */
function practice(buttons) {
  for (const button of buttons) {
    button.addEventListener("click", () => import(button.dataset.module).then((practice) => practice.bring(button)).catch(() => location.assign(button.dataset.page)));
  }
}

/** "/" leads to the filter, or else to the search; Ctrl or Command with K always to the search. */
function shortcuts(search) {
  addEventListener("keydown", (event) => {
    if (event.altKey || event.defaultPrevented || find("dialog[open]")) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const words = find(".finder [name=q]");
    if (command && !event.shiftKey && event.key.toLowerCase() === "k" && search) openSearch(search);
    else if (event.key !== "/" || command || typing) return;
    else if (words) words.focus();
    else if (search) openSearch(search);
    else return;
    event.preventDefault();
  });
}

/** A link to each heading, for who copies it by mouse; others have the page's contents. */
function headingLinks(headings) {
  for (const heading of headings) {
    heading.append(element("a", { className: "anchor", href: `#${heading.id}`, textContent: "#", ariaHidden: "true", tabIndex: -1 }));
  }
}

/** Marks the section that is being read. */
function currentSection(links) {
  if (links.length === 0) return;
  const sections = links.map(target);
  let marked;
  const mark = () => {
    const current = links[sections.findLastIndex((section) => section?.getBoundingClientRect().top < innerHeight / 8)];
    if (current === marked) return;
    for (const link of links) link.ariaCurrent = link === current ? "location" : null;
    marked = current;
    showCurrent(find(".toc ol"));
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
}

function target(link) {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
