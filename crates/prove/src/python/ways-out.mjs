// Tries ways out of the host: each program of ways-out.json, in a child as the build starts it, and with strace around it where that is
// installed. `node ways-out.mjs [FOLDER]` prints what was reached; it ends with 1 if anything was.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { child } from "./child.mjs";
import { ways, wrong } from "./ways.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = process.argv[2] ?? here("../../../../engines/python");
const scratch = mkdtempSync(join(tmpdir(), "sitegen-ways-out-"));
const [TIME, TRACED, MOST] = [3000, "%network,%process,%file", 1000];

const strace = ["/usr/bin/strace", "/bin/strace"].find(existsSync);

/** A child that is ready for a job. */
async function host(number) {
  const trace = join(scratch, `trace-${number}`);
  const around = strace ? [strace, "-f", "-qq", "-e", `trace=${TRACED}`, "-o", trace] : [];
  const started = child({ folder, cwd: scratch, around });
  let complaint = "";
  started.stderr.on("data", (text) => (complaint += text));
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const next = async (time) => {
    const line = await Promise.race([lines.next(), new Promise((done) => setTimeout(done, time, { late: true }))]);
    return line.late ? { late: true } : line.done ? { ended: true } : JSON.parse(line.value);
  };
  const say = (value) => started.stdin.write(`${JSON.stringify(value)}\n`);
  const ready = await next(60_000);
  if (!ready.ready) throw new Error(`the host does not start: ${JSON.stringify(ready)} ${complaint}`);
  const known = strace ? readFileSync(trace, "utf8").length : 0;
  const stop = () => {
    // strace would let its child live.
    const children = strace ? execFileSync("/bin/sh", ["-c", `cat /proc/${started.pid}/task/*/children`]).toString() : "";
    for (const id of [...children.split(" ").filter(Boolean), started.pid]) kill(Number(id));
  };
  return { say, next, stop, after: () => (strace ? readFileSync(trace, "utf8").slice(known) : "") };
}

function kill(id) {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    /* It has ended. */
  }
}

/** What came of a program: its last line before the end. */
async function tried(host, { program }) {
  host.say({ program, entry: "f", tolerance: 0, cases: [{ args: "()", expect: "None" }] });
  const first = await host.next(TIME);
  if (first.late || first.ended) return first;
  const end = await host.next(TIME);
  return { ...first, done: end.done === true, ends: end.ends === true };
}

/** System calls that nobody should have made. Threads are the machine's own; reading a clock's zone or its own state is no way out. */
function calls(text) {
  const harmless =
    /exit|^\S+ +(clone3?|rt_\w+|madvise)\(.*CLONE_THREAD|\+\+\+|---|resumed|wait4|(readlink|openat|stat|statx|access)\(.*"\/(proc\/(self|meminfo|stat|sys\/vm\/overcommit_memory)|sys\/(fs\/cgroup|devices))/;
  return text.split("\n").filter((line) => line && !harmless.test(line));
}

const before = new Set(readdirSync(tmpdir()));
let [reached, running] = [0, null];
for (const [number, way] of ways.entries()) {
  running ??= await host(number);
  const found = await tried(running, way);
  const problems = [wrong(way, found), ...calls(running.after()).slice(0, 3)].filter(Boolean);
  reached += problems.length > 0 ? 1 : 0;
  console.log(`${problems.length > 0 ? "REACHED" : "ok     "} ${way.name}${problems.length > 0 ? `: ${problems.join("; ").slice(0, MOST)}` : ""}`);
  if (process.argv.includes("--all")) console.log(`        ${JSON.stringify(found)}`);
  if (found.late || found.ended || found.ends || strace) {
    running.stop();
    running = null;
  }
}
running?.stop();
const written = readdirSync(tmpdir()).filter((name) => !before.has(name) && /way-out$|^late$|^id$/.test(name));
const left = [...readdirSync(scratch).filter((name) => !name.startsWith("trace-")), ...written];
rmSync(scratch, { recursive: true });
if (left.length > 0) console.log(`REACHED files: ${left.join(", ")}`);
console.log(`${ways.length} ways out, ${reached} of them reached something${strace ? "" : "; without strace, so that system calls were not seen"}`);
process.exitCode = reached + left.length > 0 ? 1 : 0;
