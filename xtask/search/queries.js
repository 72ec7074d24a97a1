// How often the search of the guide finds the page that is meant among the first three.
// node queries.js FOLDER: the folder of the built guide.

import { asked, typed } from "../../tests/browser/typed.js";
import { opened } from "./opened.js";

const { find } = opened(process.argv[2]);
for (const [kind, queries] of [["with mistakes", typed], ["of other kinds", asked]]) {
  let first = 0;
  for (const [query, url] of queries) {
    const at = (await find(query)).indexOf(url);
    first += at >= 0 && at < 3;
    if (at < 0 || at > 2) console.log(`  "${query}": ${at < 0 ? "not shown" : `place ${at + 1}`}`);
  }
  console.log(`  ${first} of ${queries.length} queries ${kind} find their page among the first three`);
}
