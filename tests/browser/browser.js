// Chromium, as it is started for tests: no window, no network but the loopback interface.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** How long tests wait for what is to come, in milliseconds: what comes in time costs nothing more, whatever the bound. */
export const PATIENCE = 120_000;

/** Starts Chromium; gives the browser and what to call to stop it. */
export async function start() {
  const home = mkdtempSync(join(tmpdir(), "sitegen-browser-"));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags, env: { ...process.env, HOME: home } });
  prepare(browser);
  const stop = async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { browser, stop };
}

/** Gives whatever is opened the patience that a slow machine needs, and with SLOW=1 the slowness. */
function prepare(browser) {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE);
    if (process.env.SLOW) await slow(context);
    return context;
  };
}

/** As on a busy machine, pages run at a quarter of their speed, and of the files that they ask for, each comes when it likes. */
async function slow(context) {
  await context.route(/\.(css|js|json|woff2|svg)(\?|$)/, async (route) => {
    await pause(400 * Math.random());
    // The page may have been left.
    await route.continue().catch(() => {});
  });
  context.on("page", async (page) => {
    const session = await context.newCDPSession(page).catch(() => {});
    await session?.send("Emulation.setCPUThrottlingRate", { rate: 4 }).catch(() => {});
  });
}

/** How people look at pages. */
export const views = [
  { name: "wide and light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide and dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "narrow and light", viewport: { width: 360, height: 740 }, colorScheme: "light" },
  { name: "narrow and dark", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
];
