// The pages that each generator is given: the reference page, the pages on the way to it, and the guide's indexes.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { toMarkdown } from "./markdown.js";

export const reference = "companies/amazon/senior-data-engineer/boston-cambridge/";

const indexes = ["roles/", "rounds/", "problems/", "plans/", "faqs/", "locations/", "technologies/", "skills/", "levels/", "about/"];
const chosen = ["", "companies/", "companies/amazon/", "companies/amazon/senior-data-engineer/", reference, ...indexes];

/** The pages of the guide in a folder as Markdown; their links lead to pages below `base`, to the nearest that there is. */
export function content(guide, base) {
  const urls = chosen.filter((url) => existsSync(join(guide, url, "index.html")));
  const nearest = (path) => urls.filter((url) => path.startsWith(url)).toSorted((a, b) => b.length - a.length)[0];
  const link = (href) => (href.startsWith("/") ? base(nearest(new URL(href, "http://guide").pathname.slice(1))) : href);
  return urls.map((url) => ({ url, ...toMarkdown(readFileSync(join(guide, url, "index.html"), "utf8"), link) }));
}
