// Makes what runs exercises of the packages that bring it: `engines/python` and `themes/guide/engines/sql`, the same bytes on each run
// and machine. What is ours is there already.
//
//     npm ci && node vendor.mjs [ROOT]

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, taken } from "./engine.mjs";
import { makePython } from "./python.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("../..", import.meta.url));
const packages = fileURLToPath(new URL("node_modules", import.meta.url));
const sql = join(root, "themes/guide/engines/sql");

const compressed = await makePython(join(packages, "pyodide"), join(root, "engines/python"));

const wasm = taken(join(packages, "@sqlite.org/sqlite-wasm/dist"), "sqlite3.wasm", "b8a92a19f441a90ff2339fe988fbe317c4adf3ed844096f12aee04aa72d58257");
writeFileSync(join(sql, "sqlite3.wasm.gz"), compressed(wasm));
describe(sql, { language: "sql", title: "SQLite 3.54", version: "3.54.1-build1", scripts: ["worker.js"] }, 420_000);
