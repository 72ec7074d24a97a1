// Starts the host as the build does, for those who try and measure it.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** As the comment in host.mjs has it. */
function flags(folder) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const stable = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return [
    stable ? "--permission" : "--experimental-permission",
    `--allow-fs-read=${folder}/*`,
    ..."--disallow-code-generation-from-strings --no-addons --unhandled-rejections=none --no-warnings --liftoff-only --max-old-space-size=256".split(" "),
    ...["--input-type=module", "-e", readFileSync(new URL("host.mjs", import.meta.url), "utf8")],
  ];
}

/** A child that has been told its folder. `around` is a command before it, such as strace. */
export function child({ folder, cwd = "/", around = [] }) {
  const [command, ...given] = [...around, process.execPath, ...flags(folder)];
  const started = spawn(command, given, { cwd, env: {}, stdio: ["pipe", "pipe", "pipe"] });
  started.stdin.write(`${JSON.stringify({ folder })}\n`);
  return started;
}
