// Chromium, as the browser tests start it: no window, no network but the loopback interface.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** A folder that a browser may call its home, and what to call to delete it. */
export function home() {
  const folder = mkdtempSync(join(tmpdir(), "sitegen-readers-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts Chromium; gives the browser and what to call to stop it. */
export async function start() {
  const { folder, remove } = home();
  const browser = await chromium.launch({ executablePath: executable, args: flags, env: { ...process.env, HOME: folder } });
  const stop = async () => {
    await browser.close();
    remove();
  };
  return { browser, stop };
}

const narrow = { width: 360, height: 740 };
const wide = { width: 1280, height: 900 };

/** How people look at pages. */
export const views = [narrow, wide].flatMap((viewport) => ["light", "dark"].map((colorScheme) => ({ viewport, colorScheme })));
