// What readers did with problems, kept in the browser: an entry for each problem, by its slug, of {version, draft, solved}.

const PREFIX = "practice:";
const VERSION = 1;

const known = (entry) => entry?.version === VERSION && ["draft", "solved"].every((name) => ["undefined", "string"].includes(typeof entry[name]));

/** What is kept of a problem. Storage may be forbidden, full or written by others. */
export function recall(slug) {
  try {
    const entry = JSON.parse(localStorage.getItem(PREFIX + slug));
    return known(entry) ? entry : {};
  } catch {
    return {};
  }
}

/** Changes what is kept of a problem; nothing is kept of one that has neither draft nor mark. */
export function keep(slug, changes) {
  const { draft, solved } = { ...recall(slug), ...changes };
  try {
    if (draft === undefined && solved === undefined) localStorage.removeItem(PREFIX + slug);
    else localStorage.setItem(PREFIX + slug, JSON.stringify({ version: VERSION, draft, solved }));
  } catch { /* It holds for this page. */ }
}

/** All that is kept, by slug. */
export function everything() {
  try {
    const slugs = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return Object.fromEntries(slugs.toSorted().map((slug) => [slug, recall(slug)]).filter(([, entry]) => entry.version));
  } catch {
    return {};
  }
}

/** Takes in what `everything` gave elsewhere, as JSON; gives whether it was that. */
export function takeIn(text) {
  try {
    const entries = Object.entries(JSON.parse(text).practice);
    if (!entries.every(([slug, entry]) => /^[\w-]+$/.test(slug) && known(entry))) return false;
    for (const [slug, { draft, solved }] of entries) keep(slug, JSON.parse(JSON.stringify({ draft, solved })));
    return true;
  } catch {
    return false;
  }
}

export function clear() {
  for (const slug of Object.keys(everything())) keep(slug, { draft: undefined, solved: undefined });
}
