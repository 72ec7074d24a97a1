// What Lighthouse says of a page on a phone.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { executable, flags, home } from "./browser.js";

const audit = ({ id, title, score, displayValue, details }) => ({
  id,
  title,
  score,
  value: displayValue ?? "",
  items: (details?.items ?? []).slice(0, 5),
});

/** How many times Lighthouse runs. The best counts: what else the machine does can only make a page slower. */
const RUNS = 3;

/** The scores of the categories out of 100, and each audit that could be better. */
export async function lighthouse(url, run, node, modules) {
  const reports = [];
  for (let time = 0; time < RUNS; time += 1) reports.push(await once(url, run, node, modules));
  return reports.toSorted((a, b) => b.scores.performance - a.scores.performance)[0];
}

/** Lighthouse in a process of its own, since it needs a newer Node than the rest. */
async function once(url, run, node, modules) {
  const { folder, remove } = home();
  const report = join(folder, "report.json");
  const quoted = ["--headless=new", ...flags].map((flag) => (flag.includes(" ") ? `"${flag}"` : flag));
  const args = [join(modules, "lighthouse/cli/index.js"), url, "--quiet", "--output=json", `--output-path=${report}`, `--chrome-flags=${quoted.join(" ")}`];
  try {
    await run(node, args, { env: { CHROME_PATH: executable, HOME: folder }, minutes: 3 });
    const { lighthouseVersion, categories, audits } = JSON.parse(readFileSync(report, "utf8"));
    const counted = new Set(Object.values(categories).flatMap(({ auditRefs }) => auditRefs.map(({ id }) => id)));
    const imperfect = Object.values(audits).filter(({ id, score }) => counted.has(id) && score !== null && score < 1);
    const scores = Object.fromEntries(Object.entries(categories).map(([id, { score }]) => [id, Math.round(score * 100)]));
    return { version: lighthouseVersion, scores, imperfect: imperfect.map(audit) };
  } finally {
    remove();
  }
}
