// The generators beside sitegen, each with its starter's configuration. None gets a plugin or an option that its starter lacks.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { content, reference } from "./content.js";

const here = dirname(fileURLToPath(import.meta.url));
const sites = join(here, "sites");
export const modules = join(here, "node_modules");

/** The Node that the lock file names: some packages need a newer one than the machine may have. */
const pinned = join(modules, `node-linux-${process.arch}/bin/node`);
export const node = existsSync(pinned) ? pinned : process.execPath;

const quiet = { ASTRO_TELEMETRY_DISABLED: "1", DISABLE_MKDOCS_2_WARNING: "true", CI: "1", FORCE_COLOR: "0" };

/** Runs a program in a folder; what it printed is the error if it fails. */
export async function run(program, args, { folder = here, env = {}, minutes = 5 } = {}) {
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...quiet, ...env }, timeout: minutes * 60_000, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${code}\n${printed}`);
}

const python = (name) => join(here, "python/bin", name);
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
const pinnedPython = (name) => new RegExp(`^${name}==(.*)$`, "m").exec(readFileSync(join(here, "requirements.txt"), "utf8"))[1];

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Writes the pages as Markdown files; a page of pages is its folder's index. */
function writePages(folder, pages, { home = "index", more = "" } = {}) {
  for (const { url, title, description, text } of pages) {
    const parent = pages.some((other) => other.url !== url && other.url.startsWith(url));
    const name = url === "" ? home : parent ? `${url}index` : url.slice(0, -1);
    write(join(folder, `${name}.md`), `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\n${more}---\n\n${text}`);
  }
}

/** The starter of Starlight has an icon of about this size. */
const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><path fill="#4f46e5" d="M20 16h88v96H20z"/><path fill="#fff" d="M36 36h56v10H36zm0 22h56v10H36zm0 22h36v10H36z"/></svg>\n';

/** Starlight, as `npm create astro -- --template starlight` sets it up; its sidebar is the folder's, which is what it does by itself. */
async function starlight(guide, folder) {
  const dependencies = Object.fromEntries(["@astrojs/starlight", "astro", "sharp"].map((name) => [name, version(name)]));
  write(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies }));
  write(
    join(folder, "astro.config.mjs"),
    'import { defineConfig } from "astro/config";\nimport starlight from "@astrojs/starlight";\n\nexport default defineConfig({ integrations: [starlight({ title: "My Docs" })] });\n',
  );
  write(join(folder, "public/favicon.svg"), icon);
  write(
    join(folder, "src/content.config.ts"),
    'import { defineCollection } from "astro:content";\nimport { docsLoader } from "@astrojs/starlight/loaders";\nimport { docsSchema } from "@astrojs/starlight/schema";\n\nexport const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };\n',
  );
  writePages(join(folder, "src/content/docs"), content(guide, (url) => `/${url}`));
  await run(node, [join(modules, "astro/bin/astro.mjs"), "build"], { folder });
  return { folder: join(folder, "dist"), url: `/${reference}` };
}

/** Material for MkDocs, as its first steps say: `mkdocs new`, then the theme's name. */
async function material(guide, folder) {
  mkdirSync(folder, { recursive: true });
  await run(python("mkdocs"), ["new", "."], { folder });
  write(join(folder, "mkdocs.yml"), `${readFileSync(join(folder, "mkdocs.yml"), "utf8")}theme:\n  name: material\n`);
  writePages(join(folder, "docs"), content(guide, (url) => `/${url}`));
  await run(python("mkdocs"), ["build", "--quiet"], { folder });
  return { folder: join(folder, "site"), url: `/${reference}` };
}

/** Zensical, as `zensical new` sets it up, without the list of its own two pages. */
async function zensical(guide, folder) {
  mkdirSync(folder, { recursive: true });
  await run(python("zensical"), ["new", "."], { folder });
  const settings = readFileSync(join(folder, "zensical.toml"), "utf8");
  write(join(folder, "zensical.toml"), settings.replace(/^nav = \[[\s\S]*?^\]\n/m, ""));
  rmSync(join(folder, "docs"), { recursive: true });
  writePages(join(folder, "docs"), content(guide, (url) => `/${url}`));
  await run(python("zensical"), ["build", "--clean"], { folder });
  return { folder: join(folder, "site"), url: `/${reference}` };
}

/** Docusaurus, as `create-docusaurus … classic` sets it up, with other documents. They are Markdown, not MDX. */
async function docusaurus(guide, folder) {
  const templates = join(modules, "create-docusaurus/templates");
  cpSync(join(templates, "shared"), folder, { recursive: true });
  cpSync(join(templates, "classic"), folder, { recursive: true });
  rmSync(join(folder, "docs"), { recursive: true });
  // The starter's navigation leads to a page that is called intro.
  const base = (url) => (url === "" ? "/docs/intro/" : `/docs/${url}`);
  writePages(join(folder, "docs"), content(guide, base), { home: "intro", more: "mdx:\n  format: md\n" });
  await run(node, [join(modules, "@docusaurus/core/bin/docusaurus.mjs"), "build"], { folder });
  return { folder: join(folder, "build"), url: `/docs/${reference}` };
}

const peers = [
  { name: "Starlight", version: () => `${version("@astrojs/starlight")}, Astro ${version("astro")}`, build: starlight },
  { name: "Material for MkDocs", version: () => pinnedPython("mkdocs-material"), build: material },
  { name: "Zensical", version: () => pinnedPython("zensical"), build: zensical },
  { name: "Docusaurus", version: () => version("@docusaurus/core"), build: docusaurus },
];

/** Builds the page by each generator; the first is the guide as it is. */
export async function build(guide) {
  rmSync(sites, { recursive: true, force: true });
  const built = [{ name: "sitegen", version: "", folder: guide, url: `/${reference}` }];
  for (const { name, version, build } of peers) {
    console.error(`building by ${name} ${version()}`);
    built.push({ name, version: version(), ...(await build(guide, join(sites, name.toLowerCase().replaceAll(" ", "-")))) });
  }
  return built;
}
