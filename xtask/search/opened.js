// The search of a built site, without a browser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tools from "../../themes/sitegen/search/assets/search.js";
import { Texts } from "../../themes/sitegen/search/assets/search-texts.js";

/** The search of the site in a folder: its titles and texts, and what is shown first for a query, as in the dialog. */
export function opened(folder) {
  const read = (name) => JSON.parse(readFileSync(join(folder, "search", `${name}.json`), "utf8"));
  const titles = new tools.Titles(read("titles"));
  const texts = new Texts(titles, async (name) => read(name), tools);
  const find = async (query) => {
    await texts.load(query);
    return titles.grouped(texts.find(query).results, 6, 24).flatMap(({ results }) => results.map(({ url }) => url));
  };
  return { titles, texts, find };
}
