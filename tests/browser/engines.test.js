// The engines in a page, under its policy: what they answer, what they load, how they are stopped, what programs reach.

import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { start } from "./browser.js";
import { engines, serve } from "./engines.js";
import { ways, wrong } from "../../crates/prove/src/python/ways.mjs";

let [browser, site, page] = [];
const complaints = [];

before(async () => {
  browser = await start();
  site = await serve();
  page = await browser.browser.newPage();
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(site.origin);
  await page.evaluate(async (engines) => {
    const { Engine } = await import("/client/engine-client.js");
    globalThis.engines = Object.fromEntries(Object.entries(engines).map(([name, about]) => [name, new Engine(about)]));
  }, engines);
});

after(async () => {
  await browser?.stop();
  site?.stop();
});

/** Runs a job, of which a case may take a minute, since machines may be slow. */
const run = (engine, job, time = 60_000) => page.evaluate(([engine, job, time]) => globalThis.engines[engine].run(job, time), [engine, job, time]);
const grade = { ordered: false, named: true, tolerance: 1e-9 };
const rides = "create table rides (id integer primary key, city text not null, fare real); insert into rides values (1, 'Leeds', 7), (2, 'Leeds', 9.5), (3, 'Porto', null)";

/** What SQL answers in one case. */
async function asked(program, { columns = ["city", "fares"], rows = '[["Leeds", 16.5], ["Porto", null]]', ...other } = {}) {
  const [found, end] = await run("sql", { program, grade: { ...grade, ...other }, cases: [{ setup: rides, columns, rows }] });
  assert.equal(end.done, true);
  return found;
}

for (const [name, folder, most] of [["sql", "themes/guide/engines/sql", 420_000], ["python", "engines/python", 6_000_000]]) {
  test(`${name} is what its engine.toml says, and small`, () => {
    const read = (file) => readFileSync(new URL(`../../${folder}/${file}`, import.meta.url));
    const files = readdirSync(new URL(`../../${folder}/`, import.meta.url)).filter((file) => file !== "engine.toml");
    const about = read("engine.toml").toString();
    const sums = files.map((file) => `"${file}" = "${createHash("sha256").update(read(file)).digest("hex")}"\n`);
    assert.equal(about.split("[files]\n")[1], sums.join(""), "run cargo xtask practice");
    const loaded = files.filter((file) => file !== "notices.txt").map((file) => (file.endsWith(".gz") ? read(file) : gzipSync(read(file))).length);
    const sum = loaded.reduce((sum, bytes) => sum + bytes);
    assert.ok(sum <= most && Math.abs(Number(/^loads = (\d+)$/m.exec(about)[1]) / sum - 1) < 0.01, `${sum} bytes`);
  });
}

test("a right query passes, whatever the order of its rows", async () => {
  const found = await asked("select city, sum(fare) as FARES from rides group by city order by city desc");
  assert.equal(found.passed, true);
  assert.deepEqual(found.got, { columns: ["city", "FARES"], rows: [["Porto", null], ["Leeds", { number: "16.5" }]], count: 2 });
  assert.deepEqual(found.expected.rows, [["Leeds", { number: "16.5" }], ["Porto", null]]);
});

test("a wrong query is told its first difference, and where it is", async () => {
  const differences = [
    ["select city, sum(fare) + 1 as fares from rides group by city", {}, 'the row ["Leeds", 16.5] is missing, and there is ["Leeds", 17.5]', { got: 0, expected: 0, column: 1 }],
    ["select city, sum(fare) as fares from rides group by city order by city desc", { ordered: true }, 'row 1 is ["Porto", null] instead of ["Leeds", 16.5]', { got: 0, expected: 0, column: 0 }],
    ["select city, fare as fares from rides", {}, "it has 3 rows instead of 2", { got: 0, expected: 0, column: 1 }],
    ["select city, sum(fare) as total from rides group by city", {}, 'a column is called "total" instead of "fares"', { got: null, expected: null, column: 1 }],
    ["select city from rides", {}, "it has 1 column instead of 2", { got: null, expected: null, column: null }],
    ["select 'x', '7'", { rows: '[["x", 7]]', named: false }, 'the row ["x", 7] is missing, and there is ["x", "7"]', { got: 0, expected: 0, column: 1 }],
    ["select 1, 9007199254740993", { rows: "[[1, 9007199254740992]]", named: false }, "the row [1, 9007199254740992] is missing, and there is [1, 9007199254740993]", { got: 0, expected: 0, column: 1 }],
  ];
  for (const [program, options, message, difference] of differences) {
    const found = await asked(program, options);
    assert.deepEqual([found.passed, found.message, found.difference], [false, message, difference], program);
  }
});

test("a broken query is told SQLite's words and the line", async () => {
  for (const [program, message, line] of [
    ["select 1;\n\nselect *\nform rides", 'near "form": syntax error', 4],
    ["select city,\n  fair\nfrom rides", "no such column: fair", 2],
    ["-- nothing", "it gives no table", null],
    ["attach 'x' as y", "too many attached databases - max 0", 1],
    ["select length(randomblob(900000000))", "it takes too much memory", 1],
    ["with recursive c(n) as (select 1 union all select n + 1 from c) select n from c", "it gives too much", 1],
  ]) {
    const { error, message: told } = await asked(program);
    assert.deepEqual([told, error], [message, { message, line }]);
  }
});

test("there is no clock and no chance in SQL, and each case is alone", async () => {
  const cases = [1, 2, 3].map(() => ({ setup: rides, columns: null, rows: "[]" }));
  const found = await run("sql", { program: "delete from rides where id = 1; select random(), datetime('now', 'localtime'), (select count(*) from rides)", grade, cases });
  const rows = found.slice(0, 3).map(({ got }) => got.rows);
  assert.deepEqual(rows[0][0].slice(1), ["1970-01-01 00:00:00", { number: "2" }]);
  assert.deepEqual(rows, [rows[0], rows[0], rows[0]]);
});

test("a setup is shown as tables, and a broken one is told", async () => {
  const [found] = await run("sql", { tables: rides });
  const columns = [["id", "INTEGER", true, false], ["city", "TEXT", false, true], ["fare", "REAL", false, false]];
  assert.deepEqual(found.tables, [
    {
      name: "rides",
      columns: columns.map(([name, type, key, needed]) => ({ name, type, key, needed })),
      rows: [["1", "Leeds", "7.0"], ["2", "Leeds", "9.5"], ["3", "Porto", null]].map(([id, city, fare]) => [{ number: id }, city, fare && { number: fare }]),
      count: 3,
    },
  ]);
  const [broken] = await run("sql", { tables: "create tabel x" });
  assert.equal(broken.broken, 'near "tabel": syntax error');
});

const cast = "def cast(values):\n    print('casting', len(values))\n    return [int(value) for value in values]\n";
const called = async (program, ...cases) => run("python", { program, entry: "cast", tolerance: 1e-9, cases: cases.map(([args, expect]) => ({ args, expect })) });

test("Python passes, differs and raises, case by case", async () => {
  const [right, wrong, raised, broken, end] = await called(cast, ["(['1', 2],)", "[1, 2]"], ["([1],)", "[True]"], ["(['x'],)", "[]"], ["[1]", "[]"]);
  assert.deepEqual([right.passed, right.got, right.printed], [true, "[1, 2]", "casting 2\n"]);
  assert.deepEqual([wrong.message, wrong.path], ["it gives [1] instead of [True]", "[0]"]);
  assert.equal(raised.message, "it raises ValueError: invalid literal for int() with base 10: 'x'");
  assert.equal(raised.error.line, 3);
  assert.match(raised.error.traceback, /^Traceback.*\n {2}File "program\.py", line 3, in cast\n {4}return \[int\(value\)/);
  assert.equal(broken.broken, "args gives a list instead of a tuple, such as (1,)");
  assert.equal(end.done, true);
});

test("values of Python are compared by their kinds, with a tolerance for floats", async () => {
  const equal = [
    ["[1.0000000001, 1e20]", "[1.0, 1.0000000000001e20]"],
    ["[float('nan'), float('inf')]", "[float('nan'), 1e999]"],
    ["__import__('collections').Counter('aab')", "{'a': 2, 'b': 1}"],
    ["__import__('collections').namedtuple('P', 'x y')(1, 2)", "(1, 2)"],
    ["{'b': 1, 'a': {1, 2}}", "{'a': {2, 1}, 'b': 1}"],
    ["__import__('datetime').date(2026, 3, 1)", "__import__('datetime').date(2026, 3, 1)"],
  ];
  const different = [
    ["True", "1", "it gives True instead of 1", ""],
    ["1.0", "1", "it gives 1.0 instead of 1", ""],
    ["[(1, 2)]", "[[1, 2]]", "it gives [(1, 2)] instead of [[1, 2]]", "[0]"],
    ["{'a': [1, 2, 4]}", "{'a': [1, 2, 3]}", "it gives {'a': [1, 2, 4]} instead of {'a': [1, 2, 3]}", "['a'][2]"],
    ["frozenset({1})", "{1}", "it gives frozenset({1}) instead of {1}", ""],
    ["{True: 1}", "{1: 1}", "it gives {True: 1} instead of {1: 1}", ""],
    ["(x for x in [1])", "[1]", "it gives <generator object <genexpr>> instead of [1]", ""],
    ["None", "False", "it gives None instead of False", ""],
    ["list(range(100))", "[*range(99), 98]", "it gives 99 instead of 98 at [99]", "[99]"],
    ["{n: n for n in range(100)}", "{n: n for n in range(101)}", "it gives no key 100", ""],
    ["[{*range(101)}]", "[{*range(100)}]", "it gives the member 100, which is too much at [0]", "[0]"],
    ["[list(range(100))] * 2", "[list(range(100)), list(range(101))]", "it gives 100 values instead of 101 at [1]", "[1]"],
  ];
  const cases = [...equal, ...different].map(([got, expect]) => [`(${JSON.stringify(got)},)`, expect]);
  const found = await called("def cast(text):\n    return eval(text)\n", ...cases);
  equal.forEach(([got], at) => assert.equal(found[at].message, null, got));
  different.forEach(([got, , message, path], at) => assert.deepEqual([found[equal.length + at].message, found[equal.length + at].path], [message, path], got));
});

test("recursion goes as deep as people need, and ends before the browser's own stack", async () => {
  const depths = [
    ["1 + go(n - 1)", 900],
    ["go(n - 1) + go(n - 2)", 450, "import functools\n@functools.cache\n"],
    ["sorted([go(n - 1)], key=abs)[0]", 300],
    ["max(map(go, [n - 1]))", 150],
  ];
  for (const [expression, depth, before = ""] of depths) {
    const program = `${before}def go(n):\n    return ${expression} if n > 1 else n\ndef cast():\n    return isinstance(go(${depth}), int)\n`;
    const [found] = await called(program, ["()", "True"]);
    assert.equal(found.message, null, expression);
  }
});

test("what a program changes lasts no longer than the program", async () => {
  const vandal =
    "import builtins, json, os, random, sys\nlen = builtins.len = json.dumps = None\nos.environ['HOME'] = 'x'\n" +
    "open('left', 'w').close()\nsys.path.clear()\ndef cast():\n    return random.random()\n";
  const [first] = await called(vandal, ["()", "0"]);
  const heir = "import os, random, statistics\ndef cast():\n    return len(os.listdir()), os.environ['HOME'], random.random()\n";
  const [second] = await called(heir, ["()", `(0, '/home/python', ${first.got})`]);
  assert.equal(second.message, null);
});

test("nothing is loaded again after an endless loop, even without a network", async () => {
  await page.context().setOffline(true);
  const before = site.asked.length;
  const looping = await run("python", { program: "def cast():\n    while True: pass", entry: "cast", tolerance: 0, cases: [{ args: "()", expect: "1" }] }, 500);
  assert.deepEqual(looping.at(-1), { late: true });
  const [found] = await called(cast, ["(['1'],)", "[1]"]);
  const endless = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c";
  const counting = await run("sql", { program: endless, grade, cases: [{ setup: "", columns: null, rows: "[]" }] }, 500);
  assert.deepEqual(counting.at(-1), { late: true });
  const again = await asked("select city, sum(fare) as fares from rides group by city");
  await page.context().setOffline(false);
  assert.deepEqual([found.passed, again.passed, site.asked.length], [true, true, before]);
});

/** How long a way out may take, in milliseconds, if it may have no answer. */
const ends = { "no answer": 1000, any: 5000 };

for (const way of ways) {
  test(`no way out: ${way.name}`, async () => {
    const [found, end] = await run("python", { program: way.program, entry: "f", tolerance: 0, cases: [{ args: "()", expect: "None" }] }, ends[way.must]);
    assert.equal(wrong(way, { ...found, done: end?.done }), "");
  });
}

test("nothing that is forbidden was tried, and nothing was asked of the site but the engines", () => {
  assert.deepEqual(complaints, []);
  const known = /^\/(client\/engine-client\.js|engines\/(sql|python)\/[\w.]+|favicon\.ico)?$/;
  assert.deepEqual(site.asked.filter((path) => !known.test(path)), []);
});
