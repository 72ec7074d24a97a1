// What the makers of engines share.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A file of a package, which must be the one that was looked at. */
export function taken(folder, name, sum) {
  const bytes = readFileSync(join(folder, name));
  if (sha256(bytes) !== sum) throw new Error(`${name} in ${folder} is another file than the one that was looked at`);
  return new Uint8Array(bytes);
}

/** Writes what is said of an engine, and checks that it is small enough: at most so many compressed bytes to load. */
export function describe(folder, about, most) {
  const files = readdirSync(folder).filter((name) => name !== "engine.toml").sort();
  const read = (name) => readFileSync(join(folder, name));
  // Hosts compress scripts, but not all of them WebAssembly, which is therefore compressed already.
  const carried = (name) => (name.endsWith(".gz") ? read(name) : gzipSync(read(name), { level: 9 })).length;
  const loads = files.filter((name) => name !== "notices.txt").map(carried).reduce((sum, size) => sum + size, 0);
  if (loads > most) throw new Error(`${folder}: ${loads} bytes are more than ${most}`);
  // To three digits: this is read by people, and other versions of Node compress a little differently.
  const rounded = Number(loads.toPrecision(3));
  const head = Object.entries({ ...about, loads: rounded }).map(([key, value]) => `${key} = ${JSON.stringify(value).replaceAll(",", ", ")}\n`);
  const sums = files.map((name) => `${JSON.stringify(name)} = "${sha256(read(name))}"\n`);
  writeFileSync(join(folder, "engine.toml"), `# Made by xtask/practice/vendor.mjs.\n${head.join("")}\n[files]\n${sums.join("")}`);
  console.log(`${folder}: ${loads} bytes to load`);
}
