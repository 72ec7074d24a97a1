// The guide is built and asked without a connection, and without another program but the one that its site.toml allows for exercises in Python,
// which is switched off here: the system calls that sitegen makes, by strace.

import test, { after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sitegen-promises-"));
const skip = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status !== 0 && "strace is not installed, or may not trace";

after(() => rmSync(folder, { recursive: true, force: true }));

/** The calls that a run makes about networks and processes, but for those that begin and end it and its threads. */
function calls(words) {
  const log = join(folder, "calls.log");
  execFileSync("strace", ["--seccomp-bpf", "-f", "-qq", "-e", "trace=network,process", "-o", log, program, "--root", root, ...words], {
    env: { ...process.env, SITEGEN_ENGINES__PYTHON: "" },
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 64 << 20,
  });
  const [first, ...others] = readFileSync(log, "utf8").trim().split("\n").map((line) => line.replace(/^\d+\s+/, ""));
  assert.match(first, /^execve\(/);
  return others.filter((call) => !/^(exit|exit_group)\(|^\+\+\+|^---|^<\.\.\.|^\?\?\?\(|^clone.*CLONE_THREAD/.test(call));
}

for (const words of [
  ["build", "--no-sync", "--output-dir", join(folder, "public")],
  ["check"],
  ["plan"],
  ["list", "pages"],
  ["query", "select count(*) from offers"],
  ["explain", "/companies/amazon/"],
]) {
  test(`${words[0]} of the guide`, { skip }, () => assert.deepEqual(calls(words), []));
}
