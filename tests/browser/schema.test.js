// The JSON Schema that `sitegen schema` writes, held against what `sitegen check` says by a validator and parsers that are none of ours.

import test, { after } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import * as toml from "smol-toml";
import * as yaml from "yaml";
import { program } from "./program.js";

const root = new URL("../../", import.meta.url).pathname;
const temporary = mkdtempSync(join(tmpdir(), "sitegen-schema-"));
after(() => rmSync(temporary, { recursive: true, force: true }));

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true;
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true, formats: { date: isDay } });

/** A value as JSON has it: dates are texts. */
const plain = (value) => JSON.parse(JSON.stringify(value));

const read = (path) => readFileSync(path, "utf8");

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The files below a folder, by their paths from it. */
const files = (folder, ending) => readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(ending)).sort();

/** A validator for each schema of a site, by name; the schemas are written into the site. */
function schemas(site) {
  execFileSync(program, ["schema", "--root", site], { stdio: "pipe" });
  const folder = join(site, ".sitegen/schemas");
  return Object.fromEntries(readdirSync(folder).map((file) => [file.replace(/\.json$/, ""), ajv.compile(JSON.parse(read(join(folder, file))))]));
}

const declarations = Object.fromEntries(["site.toml", "theme.toml"].map((name) => {
  const schema = JSON.parse(execFileSync(program, ["schema", name], { encoding: "utf8" }));
  return [name, { schema, validate: ajv.compile(schema) }];
}));

/** What a validator has against a value; nothing if it is valid. */
const objections = (validate, value) => (validate(plain(value)) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`));

/** The front matter of a text, and in which format it is; none if it has none. */
function frontMatter(text) {
  const parts = text.match(/^(?:\s|<!--[^]*?-->)*(?:\+\+\+\n([^]*?)^\+\+\+$|---\n([^]*?)^---$)/m);
  if (parts?.[1] !== undefined) return toml.parse(parts[1]);
  if (parts?.[2] !== undefined) return yaml.parse(parts[2], { merge: true }) ?? {};
  return null;
}

/** Whether the parsers here can read a file of content: ours take a little more of YAML. */
function isReadable(text, path) {
  try {
    (path.endsWith(".md") ? frontMatter : toml.parse)(text);
    return true;
  } catch {
    return false;
  }
}

/** The folders of collections and the files of several records, as Taplo is told of them. */
function places(site) {
  const rules = toml.parse(read(join(site, ".taplo.toml"))).rule.slice(2);
  return rules.flatMap(({ include, exclude = [], schema }) => {
    const name = schema.path.replace(/^\.sitegen\/schemas\/(.*)\.json$/, "$1");
    const folder = (glob) => glob.replace(/\*\*\/\*\.toml$/, "");
    return include.map((glob) => ({ place: folder(glob), without: exclude.map(folder), name }));
  });
}

/** The records of a site that are not as its schemas want them. `whole` is the collection that owns all of the content; only files that are meant are read. */
function invalidRecords(site, whole, isMeant = () => true) {
  const validators = schemas(site);
  const invalid = [];
  let count = 0;
  const look = (path, name, parse) => {
    const value = isMeant(path) ? parse(read(join(site, path))) : null;
    // A draft may be as incomplete as it is.
    if (value === null || value.draft === true) return;
    count += 1;
    const found = objections(validators[name], value);
    if (found.length > 0) invalid.push(`${path} by ${name}: ${found.join("; ")}`);
  };
  const owners = whole ? [{ place: "content/", without: ["content/data/"], name: whole }] : places(site);
  for (const { place, without, name } of owners.filter(({ place }) => existsSync(join(site, place)))) {
    if (place.endsWith(".toml")) {
      look(place, name, toml.parse);
      continue;
    }
    const own = (ending) => files(join(site, place), ending).map((file) => place + file).filter((path) => !without.some((other) => path.startsWith(other)));
    for (const path of own(".toml")) look(path, name, toml.parse);
    for (const path of own(".md")) look(path, `${name}.front-matter`, frontMatter);
  }
  return { count, invalid };
}

/** A copy of the guide without its output. */
function guide(name) {
  const site = join(temporary, name);
  for (const part of ["site.toml", "content", "themes/guide"]) cpSync(join(root, part), join(site, part), { recursive: true });
  return site;
}

test("the guide's records are valid", () => {
  const { count, invalid } = invalidRecords(guide("guide"));
  assert.deepEqual(invalid, []);
  assert.ok(count > 200, `${count} records`);
});

test("the records of the sites to begin with and of our other sites are valid", () => {
  for (const template of ["minimal", "blog", "docs", "guide", "directory"]) {
    const site = join(temporary, `init-${template}`);
    execFileSync(program, ["init", site, "--template", template], { stdio: "pipe" });
    const { count, invalid } = invalidRecords(site, template === "docs" ? "docs" : undefined);
    assert.deepEqual(invalid, [], template);
    assert.ok(count > 0 || template === "directory", template);
  }
  const recipes = join(temporary, "recipes");
  cpSync(join(root, "tests/sites/recipes"), recipes, { recursive: true });
  assert.deepEqual(invalidRecords(recipes).invalid, []);
  const documentation = join(temporary, "documentation");
  cpSync(join(root, "docs"), join(documentation, "content"), { recursive: true });
  write(join(documentation, "site.toml"), read(join(root, "docs/site.toml")).replace('folder = "."', 'folder = "content"'));
  assert.deepEqual(invalidRecords(documentation, "docs").invalid, []);
});

test("the declarations of our sites and themes are valid", () => {
  const all = ["themes", "tests", "docs", "crates/sitegen/starters"].flatMap((folder) => files(join(root, folder), ".toml").map((file) => join(folder, file)));
  const ours = all.filter((file) => /(?:^|\/)(?:site(?:\.\w+)?|theme)\.toml$/.test(file) && !file.includes("node_modules"));
  assert.ok(ours.length > 15, ours.join(" "));
  for (const file of ["site.toml", ...ours]) {
    const { validate } = declarations[file.endsWith("theme.toml") ? "theme.toml" : "site.toml"];
    assert.deepEqual(objections(validate, toml.parse(read(join(root, file)))), [], file);
  }
});

/** The sections of a case of the suite, by path, and what is said of it. */
function suiteCase(file) {
  const [, ...parts] = read(join(root, "tests/suite", file)).split(/^(?=(?:===|>>>) )/m);
  const sections = {};
  for (const part of parts) {
    const [, mark, path, text] = part.match(/^(===|>>>) (.*)\n([^]*)$/);
    sections[mark === ">>>" ? `>>> ${path}` : path] = text;
  }
  return sections;
}

const WRONG_KEYS = ["unknown-key", "wrong-type", "invalid-type", "invalid-choice"];

test("the suite's declarations are valid, unless a case is about what is wrong with a key", () => {
  let sound = 0;
  let wrong = 0;
  for (const file of files(join(root, "tests/suite"), ".txt")) {
    const sections = suiteCase(file);
    for (const [path, name] of [["site.toml", "site.toml"], ["theme/theme.toml", "theme.toml"]]) {
      if (!(path in sections)) continue;
      let value;
      try {
        value = toml.parse(sections[path]);
      } catch {
        continue;
      }
      // What a configuration lacks is an error of another kind.
      const needed = name === "site.toml" ? { title: "T", base_url: "https://example.com" } : {};
      const found = objections(declarations[name].validate, { ...needed, ...value });
      const said = [...(sections[">>> diagnostics"] ?? "").matchAll(/^error\[([\w-]+)\] ([^:\s]+)/gm)];
      const isWrong = said.some(([, code, place]) => place === path && WRONG_KEYS.includes(code));
      if (isWrong) wrong += found.length > 0 ? 1 : 0;
      else assert.deepEqual(found, [], `${file}: ${path}`);
      sound += isWrong ? 0 : 1;
    }
  }
  assert.ok(sound > 800 && wrong > 30, `${sound} sound, ${wrong} wrong`);
});

test("the suite's records are valid, unless a case is about what is wrong with a record", () => {
  let count = 0;
  for (const file of files(join(root, "tests/suite"), ".txt").filter((file) => /^(?:front-matter|fields|records)\//.test(file))) {
    const sections = suiteCase(file);
    const isPlain = Object.keys(sections).every((path) => path.startsWith(">>>") || !/^SITEGEN_| \(/.test(path));
    const wrong = new Set([...(sections[">>> diagnostics"] ?? "").matchAll(/^error\[[\w-]+\] ([^:\s]+)/gm)].map(([, path]) => path));
    if (!isPlain || !sections["theme/theme.toml"] || [...wrong].some((path) => /^(?:site|theme)\b/.test(path))) continue;
    const site = join(temporary, "suite", file);
    write(join(site, "site.toml"), 'title = "Site"\nbase_url = "https://example.com"\n');
    for (const [path, text] of Object.entries(sections).filter(([path]) => /^[\w-]+[/.]/.test(path))) write(join(site, path.replace(/^theme\//, "themes/guide/")), text);
    const found = invalidRecords(site, undefined, (path) => !wrong.has(path) && isReadable(read(join(site, path)), path));
    assert.deepEqual(found.invalid, [], file);
    count += found.count;
  }
  assert.ok(count > 50, `${count} records`);
});

/** The codes of the errors of a site, by file and line. */
function errors(site) {
  const run = spawnSync(program, ["check", "--format", "json", "--root", site], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok([0, 1, 2].includes(run.status), run.stderr.slice(0, 2000));
  const all = run.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  return all.filter(({ severity }) => severity === "error");
}

/** The ways to spoil a value, one place at a time: another type, a key more, a key less. */
function* spoiled(value) {
  if (typeof value === "number") yield "x";
  else yield 5;
  if (Array.isArray(value)) {
    for (const other of value.length > 0 ? spoiled(value[0]) : []) yield [other, ...value.slice(1)];
  } else if (typeof value === "object" && !(value instanceof Date)) {
    yield { ...value, zzz: 1 };
    for (const key of Object.keys(value)) {
      const { [key]: own, ...rest } = value;
      yield rest;
      for (const other of spoiled(own)) yield { ...rest, [key]: other };
    }
  }
}

/** The codes of what a schema can say of a record. */
const SAID_OF_RECORDS = ["unknown-key", "wrong-type", "missing-field", "invalid-choice", "out-of-range", "pattern-not-met"];

test("what a schema refuses of the guide's records, check refuses, and the other way round", () => {
  const site = guide("spoiled");
  const validators = schemas(site);
  const spoilt = [];
  for (const { place, name } of places(site).filter(({ place, name }) => !name.includes(".") && existsSync(join(site, place)))) {
    const records = files(join(site, place), ".md").map((file) => frontMatter(read(join(site, place, file)))).filter(Boolean);
    records.push(...files(join(site, place), ".toml").map((file) => toml.parse(read(join(site, place, file)))));
    // Those that say most: together they have most fields of their collection.
    const longest = records.sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length).slice(0, 2);
    for (const { slug, redirect_from, ...record } of longest) {
      for (const value of spoiled(record)) {
        if (typeof value !== "object" || Array.isArray(value)) continue;
        const number = spoilt.length;
        // An exercise has programs in its text, without which there is more to say of its fields.
        const inToml = `${place}spoilt-${number}.toml`;
        write(join(site, inToml), toml.stringify(value));
        spoilt.push({ path: inToml, value, found: objections(validators[name], value), isStrict: true });
        const inYaml = `${place}spoilt-${number}-yaml.md`;
        write(join(site, inYaml), `---\n${yaml.stringify(plain(value))}---\n`);
        spoilt.push({ path: inYaml, value, found: objections(validators[`${name}.front-matter`], plain(value)), isStrict: false });
      }
    }
  }
  const refused = new Map();
  for (const { code, path } of errors(site)) refused.set(path, [...(refused.get(path) ?? []), code].filter((one) => SAID_OF_RECORDS.includes(one)));
  const differing = spoilt.filter(({ path, found, isStrict }) => {
    const said = (refused.get(path) ?? []).length > 0;
    return isStrict ? said !== found.length > 0 : found.length > 0 && !said;
  });
  const shown = differing.map(({ path, value, found }) => `${path} ${found.join("; ")} | ${refused.get(path)} | ${JSON.stringify(value).slice(0, 300)}`);
  assert.deepEqual(shown, []);
  const both = spoilt.filter(({ found }) => found.length > 0).length;
  assert.ok(both > 500 && spoilt.length - both > 100, `${both} of ${spoilt.length} are refused`);
});

/** The places of a schema where a value can stand: each a path of keys, and the schema there. */
function* leaves(schema, all, path = []) {
  if (path.length > 8) return;
  const { $ref, properties, additionalProperties } = schema;
  if ($ref) {
    yield* leaves(all.definitions[$ref.split("/").at(-1)], all, path);
    return;
  }
  if (path.length > 0) yield { path, schema };
  for (const [key, inner] of Object.entries(properties ?? {})) yield* leaves(inner, all, [...path, key]);
  if (typeof additionalProperties === "object") yield* leaves(additionalProperties, all, [...path, "x"]);
  else if (additionalProperties === false) yield { path: [...path, "zzz"], schema: false };
}

const nested = (path, value) => path.reduceRight((inner, key) => ({ [key]: inner }), value);

const VALUES = [5, 1.5, "x", true, {}, ["x"], [5]];

const written = (value) => (Array.isArray(value) ? `[${value.map(written).join(", ")}]` : typeof value === "object" ? "{}" : JSON.stringify(value));

/** Where a schema says less: bounds and the marks of cells depend on the type of their field, and some texts have a form. */
const LOOSE = /\.(?:min|max|source_url|encoding|decimal|thousands|strip|scale|negative|true|false|format)$/;

/** Sections that are read only if others are sound, so that their keys need files of their own. */
const APART = [["content"], ["queries"], ["pages"], ["search"], ["cards"]];

/** The lines that give a value to a key. Each field has a name of its own, and a type. */
function lines(path, value, number) {
  const own = path.map((key, at) => (path[at - 1] === "fields" && path.length > at + 1 ? `f${number}` : key));
  const line = (path, value) => `${path.map((key) => JSON.stringify(key)).join(".")} = ${written(value)}`;
  const hasType = own.at(-2) === `f${number}` && own.at(-1) !== "type";
  return [line(own, value), ...(hasType ? [line([...own.slice(0, -1), "type"], "string")] : [])];
}

test("what a schema refuses of declarations, check refuses, and the other way round", () => {
  const site = join(temporary, "declared");
  write(join(site, "queries/x.sql"), "select 1 as y");
  write(join(site, "themes/t/templates/x.html"), "");
  write(join(site, "themes/t/theme.toml"), '[pages.y]\npath = "/"\ntemplate = "x.html"\n');
  const { schema, validate } = declarations["site.toml"];
  const head = { title: "T", base_url: "https://example.com", theme: "t" };
  const together = Object.keys(schema.properties).filter((key) => !APART.flat().includes(key) && !(key in head));
  const differing = [];
  let count = 0;
  for (const tops of [...Object.keys(head).map((key) => [key]), together, ...APART]) {
    const below = tops.flatMap((top) => [...leaves(schema.properties[top], schema, [top])]);
    for (const value of VALUES) {
      // Keys of one depth stand in one file, each on a line of its own.
      for (const depth of [1, 2, 3, 4, 5, 6, 7]) {
        const keys = below.map(({ path }) => path).filter((path) => path.length === depth);
        if (keys.length === 0) continue;
        const others = Object.entries(head).filter(([key]) => !tops.includes(key)).map(([key, text]) => `${key} = "${text}"`);
        const text = [...others, ...keys.map((path, number) => lines(path, value, number)[0]), ...keys.flatMap((path, number) => lines(path, value, number).slice(1))];
        write(join(site, "site.toml"), text.join("\n"));
        const said = new Set(errors(site).filter(({ code, path }) => path === "site.toml" && WRONG_KEYS.includes(code)).map(({ line }) => line));
        keys.forEach((path, at) => {
          const isRefused = objections(validate, { ...head, ...nested(path, value) }).length > 0;
          const key = path.join(".");
          count += 1;
          if (isRefused !== said.has(others.length + at + 1) && !LOOSE.test(key)) differing.push(`${key} = ${written(value)}: refused by ${isRefused ? "the schema" : "check"} alone`);
        });
      }
    }
  }
  assert.deepEqual(differing, []);
  assert.ok(count > 1000, `${count}`);
});
