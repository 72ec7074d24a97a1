// The program, as it is started for tests that ask a server.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const program = process.env.PROGRAM ?? fileURLToPath(new URL("../../target/ci/sitegen", import.meta.url));

/** Serves the site in a folder; gives its origin, and what to call to stop. */
export async function serving(folder, ...options) {
  const server = spawn(program, ["serve", ...options, "--port", "0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const { value: line } = await createInterface(server.stdout)[Symbol.asyncIterator]().next();
  server.stdout.resume();
  return { origin: line.match(/http:\/\/[\d.:]+/)[0], stop: () => server.kill() };
}
