// Opens the search: on a link with the class `search-open`, by "/" and by Ctrl or Command with K. Loads it on first use.

const link = document.querySelector(".search-open");

function open(event) {
  event.preventDefault();
  import(link.dataset.module).then((search) => search.open(link)).catch(() => location.assign(link.href));
}

function writes({ target }) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

link?.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) open(event);
});

addEventListener("keydown", (event) => {
  if (!link || event.defaultPrevented || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  const asks = command ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !writes(event);
  if (asks && !document.querySelector("dialog[open]")) open(event);
});
