// What one page costs its readers, as several generators make it: `node readers.js GUIDE [--json FILE]`.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build, modules, node, run } from "./peers.js";
import { start } from "./browser.js";
import { lighthouse } from "./lighthouse.js";
import { measure } from "./measure.js";
import { serve } from "./serve.js";
import { report, table } from "./table.js";

const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const [guide] = positionals;
if (!guide) {
  console.error("usage: node readers.js GUIDE [--json FILE]\n\nGUIDE is the folder that the guide was built to.");
  process.exit(2);
}

const measured = [];
const chromium = await start();
try {
  for (const site of await build(guide)) {
    console.error(`opening the page of ${site.name}`);
    const { origin, answers, stop } = await serve(site.folder);
    const page = await measure(chromium.browser, { ...site, origin, answers });
    measured.push({ name: site.name, version: site.version, ...page, lighthouse: await lighthouse(origin + site.url, run, node, modules) });
    stop();
  }
} finally {
  await chromium.stop();
}

if (values.json) writeFileSync(values.json, JSON.stringify(measured, null, 2));
console.log(`${new Date().toISOString().slice(0, 10)}, Chromium ${chromium.browser.version()}, Lighthouse ${measured[0].lighthouse.version}\n`);
console.log(table(measured));
console.log(report(measured[0]));
