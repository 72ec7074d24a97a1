// Measures in a page how long an engine takes: the first time, again, and after it was stopped. The result is given to the server.

import { Engine } from "./engine-client.js";

const jobs = {
  sql: { program: "select 1 as a", grade: { ordered: false, named: true, tolerance: 1e-9 }, cases: [{ setup: "create table t (a)", columns: ["a"], rows: "[[1]]" }] },
  python: { program: "def f(x): return x + 1", entry: "f", tolerance: 1e-9, cases: [{ args: "(1,)", expect: "2" }] },
};

/** Milliseconds until a job is done. */
async function took(engine, job) {
  const begin = performance.now();
  const [found] = await engine.run(job, 60_000);
  if (!found.passed) throw new Error(JSON.stringify(found));
  return performance.now() - begin;
}

const engines = JSON.parse(document.querySelector("title").textContent);
const report = {};
try {
  for (const [name, about] of Object.entries(engines)) {
    const times = { first: [], again: [], restarted: [] };
    for (let round = 0; round < 5; round += 1) {
      const engine = new Engine(about);
      times.first.push(await took(engine, jobs[name]));
      times.again.push(await took(engine, jobs[name]));
      engine.stop();
      times.restarted.push(await took(engine, jobs[name]));
      engine.stop();
    }
    report[name] = Object.fromEntries(Object.entries(times).map(([what, all]) => [what, Math.round(all.sort((a, b) => a - b)[2])]));
  }
} catch (error) {
  report.failed = String(error.message);
}
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
