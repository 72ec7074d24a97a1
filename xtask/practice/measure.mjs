// How large the engines are, and how long they take from a start to the first graded case: in Chromium and Firefox, where they are
// installed, and in Node as the build starts it. The middle of five. `node measure.mjs`, once `npm ci` was run in tests/browser.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";
import { child } from "../../crates/prove/src/python/child.mjs";
import { start } from "../../tests/browser/browser.js";
import { engines, serve } from "../../tests/browser/engines.js";

const folders = { sql: "themes/guide/engines/sql", python: "engines/python" };
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Bytes that a browser loads: as they are published, and if hosts compressed what is in them by brotli. */
function sizes(folder) {
  const loaded = readdirSync(join(root, folder)).filter((name) => !/\.(toml|txt)$/.test(name));
  const sum = { gzip: 0, brotli: 0 };
  for (const name of loaded) {
    const bytes = readFileSync(join(root, folder, name));
    const packed = name.endsWith(".gz");
    sum.gzip += packed ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(packed ? gunzipSync(bytes) : bytes).length;
  }
  return sum;
}

/** Serves the page that measures; gives what it reports. */
async function measured(open) {
  let reported;
  const report = new Promise((done) => (reported = done));
  const site = await serve((request, response) => {
    if (request.url === "/measure") {
      const title = JSON.stringify(engines);
      response.end(`<!doctype html><title>${title}</title><script type="module" src="/client/engine-measure.js"></script>`);
      return true;
    }
    if (request.url !== "/report") return false;
    request.setEncoding("utf8").on("data", reported).on("end", () => response.end());
    return true;
  });
  const close = await open(`${site.origin}/measure`);
  const found = JSON.parse(await report);
  await close();
  site.stop();
  return found;
}

async function inChromium(url) {
  const { browser, stop } = await start();
  await (await browser.newPage()).goto(url);
  return stop;
}

async function inFirefox(url) {
  const profile = mkdtempSync(join(tmpdir(), "sitegen-firefox-"));
  const quiet = [
    "app.update.enabled",
    "browser.shell.checkDefaultBrowser",
    "datareporting.policy.dataSubmissionEnabled",
    "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled",
  ];
  writeFileSync(join(profile, "user.js"), quiet.map((name) => `user_pref(${JSON.stringify(name)}, false);\n`).join(""));
  const started = spawn("firefox-esr", ["--headless", "--no-remote", "--profile", profile, url], { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const ended = new Promise((done) => started.once("exit", done));
  return async () => {
    started.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Milliseconds from starting the build's child to the first graded case, and for the second. */
async function inNode() {
  const times = { first: [], again: [] };
  for (let round = 0; round < 5; round += 1) {
    let begin = performance.now();
    const started = child({ folder: join(root, folders.python) });
    const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
    const job = JSON.stringify({ program: "def f(x): return x + 1", entry: "f", tolerance: 1e-9, cases: [{ args: "(1,)", expect: "2" }] });
    started.stdin.write(`${job}\n${job}\n`);
    for (const what of ["", "first", "", "again", ""]) {
      await lines.next();
      if (!what) continue;
      times[what].push(performance.now() - begin);
      begin = performance.now();
    }
    started.stdin.end();
  }
  return { python: Object.fromEntries(Object.entries(times).map(([what, all]) => [what, Math.round(all.sort((a, b) => a - b)[2])])) };
}

for (const [name, folder] of Object.entries(folders)) console.log(name, sizes(folder));
console.log("Node", await inNode());
console.log("Chromium", await measured(inChromium));
if (existsSync("/usr/bin/firefox-esr")) console.log("Firefox", await measured(inFirefox));
