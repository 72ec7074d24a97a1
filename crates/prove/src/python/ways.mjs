// Ways out of the interpreter, for whoever tries them: in the build's host and in the page's worker.
//
// A program returns None if it reached nothing. `must` is "nothing" (it returns None, or raises something), a text that its message
// must hold, "no answer" (it has to be ended), or "any": whatever comes of it, there is an answer as agreed, or an end.

import { readFileSync } from "node:fs";

/** Each as {name, program, must}. */
export const ways = JSON.parse(readFileSync(new URL("ways-out.json", import.meta.url), "utf8"));

/** Why what came of a program is wrong; nothing if it is not. */
export function wrong({ must }, found) {
  if (must === "no answer") return found.late ? "" : `it answers ${JSON.stringify(found)}`;
  if (found.late || found.ended) return must === "any" ? "" : "there is no answer";
  if (!found.done) return `the protocol is broken: ${JSON.stringify(found)}`;
  if (found.passed !== true && (typeof found.message !== "string" || found.message.length > 300)) return `it has no message: ${JSON.stringify(found)}`;
  if (must === "any" || found.passed === true) return must === "any" || must === "nothing" ? "" : "it gives nothing";
  const fits = must === "nothing" ? /^it (raises|breaks|gives no answer)/.test(found.message) : found.message.includes(must);
  return fits ? "" : found.message;
}
