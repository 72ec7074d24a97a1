// Keeps this page as the site is: reloads it, swaps its style sheets, shows what is wrong.
(() => {
  "use strict";
  const events = "/.sitegen/events?path=" + encodeURIComponent(location.pathname) + "&page=";
  const retry = 500;
  let page = document.currentScript.dataset.page;
  let source = null;
  let problems = [];
  let hidden = false;

  // A browser has few connections for one host, so only pages that can be seen hold one. A page that comes back into
  // sight says what it is and is reloaded if it is no longer that.
  function listen() {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(events + page);
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("styles", (event) => restyle(JSON.parse(event.data)));
    source.addEventListener("problems", (event) => {
      problems = JSON.parse(event.data);
      hidden = false;
      show();
    });
    source.onerror = () => {
      leave();
      setTimeout(listen, retry);
    };
  }

  function leave() {
    if (source) source.close();
    source = null;
  }

  // The old sheet goes once the new one is there, so that nothing flashes.
  function restyle({ page: restyled, urls }) {
    page = restyled;
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(old.href);
      const replacement = urls[url.pathname + url.search] || urls[url.pathname];
      if (!replacement) continue;
      const link = old.cloneNode();
      link.href = replacement;
      link.onload = link.onerror = () => old.remove();
      old.after(link);
    }
  }

  // A policy may forbid elements with styles, which this is none of.
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; color-scheme: light dark;
      --text: light-dark(#222, #e6e6e6); --page: light-dark(#fff, #1d1f23); --line: light-dark(#ccc, #444) }
    section { position: fixed; z-index: 2147483647; font: 14px/1.5 system-ui, sans-serif;
      color: var(--text); background: var(--page); border: 1px solid var(--line); border-radius: 8px }
    .errors { inset: auto 1rem 1rem; max-height: 70vh; overflow: auto; padding: .75rem 1rem;
      border-top: 4px solid #d33; box-shadow: 0 8px 40px #0006 }
    .warnings { right: 1rem; bottom: 1rem; padding: .25rem .75rem; border-left: 4px solid #c80 }
    header { display: flex; justify-content: space-between; gap: 1rem; font-weight: 600 }
    pre { font: 12px/1.4 ui-monospace, monospace; margin: .25rem 0 1rem; overflow-x: auto; tab-size: 4 }
    a { color: light-dark(#06c, #6bf) }
    button { all: unset; cursor: pointer; padding: 0 .5rem }
    button:focus-visible, a:focus-visible { outline: 2px solid currentColor }`);

  function element(name, content, properties) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  }

  function problem({ title, place, link, text }) {
    const where = link ? element("a", [place], { href: link }) : place || "";
    const excerpt = text.split("\n").slice(1).join("\n");
    return element("div", [element("strong", [title]), " ", where, element("pre", [excerpt])]);
  }

  function overlay() {
    const close = element("button", ["×"], { ariaLabel: "Hide", onclick: hide });
    const title = problems.length === 1 ? "1 problem" : problems.length + " problems";
    const head = element("header", [title, close]);
    const box = element("section", [head, ...problems.map(problem)], { className: "errors" });
    box.setAttribute("role", "alert");
    return box;
  }

  // Warnings stay out of the way until somebody wants to see them.
  function badge() {
    const open = element("button", [problems.length + (problems.length === 1 ? " warning" : " warnings")]);
    const box = element("section", [open], { className: "warnings" });
    open.onclick = () => box.replaceWith(overlay());
    return box;
  }

  function show() {
    document.querySelector("sitegen-problems")?.remove();
    if (hidden || problems.length === 0) return;
    const host = document.createElement("sitegen-problems");
    const errors = problems.some((problem) => problem.severity === "error");
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.append(errors ? overlay() : badge());
    document.documentElement.append(host);
  }

  function hide() {
    hidden = true;
    show();
  }

  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("visibilitychange", () =>
    document.visibilityState === "hidden" ? leave() : listen());
  // A page that is left must not keep its connection, even if the browser keeps the page.
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
