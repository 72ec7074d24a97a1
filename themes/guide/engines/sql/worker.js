// SQL in the page: SQLite as WebAssembly, spoken to by its C interface, in a worker. The build runs the same file by another host
// (crates/prove/src/sqlite), whose answers are equal bit for bit: no files, no clock, no chance; equal bounds, equal words.
//
// The page starts this text as a module worker from a `blob:` URL, which inherits the page's policy. Then:
//
//   worker                                      page
//   {ready: true}                            →
//                                            ←  {base} or {base, kept}: the URL of this folder, and what an earlier worker gave to
//                                               keep, with which nothing is loaded
//   {loaded: true, kept}, {failed: message}  →
//                                            ←  {job, program, grade: {ordered, named, tolerance}, cases: [{setup, columns, rows}]}
//   {job, case: 0, …} for each case          →  `rows` is JSON as text, since 7.0 is not 7; `columns` is null if there are no names
//   {job, done: true}                        →
//                                            ←  {job, tables: setup}
//   {job, tables: [{name, columns, rows, count}]}, {job, done: true}, or {job, broken}
//
// A case's answer is {passed, message, got, expected, difference, error} or {broken: message} if its own setup fails:
// - `message`: the first difference, or what SQLite says, in a sentence without its full stop; null if the case passes;
// - `got`, `expected`: tables {columns: [name], rows: [[cell]], count}. `got` is null if there is none; it has the first 1,000 rows
//   of `count`. A cell is null, a text, or {number: "7.0"}. `expected.columns` is null if the case names none;
// - `difference`: {got, expected, column}, where the difference is: numbers of rows and of a column, from 0, or null; null if the
//   case passes or there is no table;
// - `error`: {message, line} if the program itself fails; `line` is the program's, from 1.
// The columns of `tables` are {name, type, key, needed}: whether they are of the primary key, and may not be null.
//
// Nothing here ends an endless query: the page has a timer for each case, armed by the answer before, and terminates the worker.

const [PAGE, MEMORY] = [65_536, 256 << 20];
const [MOST_VALUES, MOST_BYTES, MOST_SHOWN] = [200_000, 16 << 20, 1000];
const [ROW, DONE, NO_MEMORY, LIMIT_ATTACHED] = [100, 101, 7, 7];
const [INTEGER, FLOAT, TEXT, BLOB] = [1, 2, 3, 4];
const [utf8, unicode] = [new TextEncoder(), new TextDecoder("utf-8", { ignoreBOM: true })];

/** What keeps a program or a setup from giving a table, in the words of the build. */
class Failure extends Error {
  constructor(message, line = null) {
    super(message);
    this.line = line;
  }
}

/** What SQLite asks of the system: nothing that it would need, and nothing that it gets. */
function imports(module, memory) {
  const put = (at, ...numbers) => new Int32Array(memory.buffer).set(numbers, at >> 2);
  const known = {
    emscripten_date_now: () => 0,
    emscripten_get_now: () => 0,
    emscripten_get_heap_max: () => MEMORY,
    emscripten_resize_heap: (bytes) => grow(memory, Math.ceil((bytes >>> 0) / PAGE)),
    environ_get: () => 0,
    environ_sizes_get: (count, size) => (put(count, 0), put(size, 0), 0),
    clock_time_get: (_clock, _precision, at) => (put(at, 0, 0), 0),
    _localtime_js: (seconds, at) => put(at, ...utc(Number(seconds))),
    _tzset_js: () => {},
  };
  const given = { env: { memory } };
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") continue;
    // ENOSYS, and what WASI calls it: there is no such call.
    const none = from.startsWith("wasi") ? 52 : -52;
    (given[from] ??= {})[name] = known[name] ?? (() => none);
  }
  return given;
}

function grow(memory, pages) {
  try {
    memory.grow(Math.max(0, pages - memory.buffer.byteLength / PAGE));
    return 1;
  } catch {
    return 0;
  }
}

/** The `struct tm` of a moment in UTC. */
function utc(seconds) {
  const date = new Date(seconds * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const ofYear = (Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000;
  const time = [date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours()];
  return [...time, day, month, year - 1900, date.getUTCDay(), ofYear, 0, 0, 0];
}

/** An instance of SQLite. Whole numbers are BigInts, other numbers Numbers. */
class Session {
  constructor(module) {
    this.memory = new WebAssembly.Memory({ initial: 128, maximum: MEMORY / PAGE });
    this.c = new WebAssembly.Instance(module, imports(module, this.memory)).exports;
    this.c.__wasm_call_ctors();
    this.c.sqlite3_initialize();
  }

  /** Makes a database by `setup`, and gives it to `use`. */
  with(setup, use) {
    // Chance begins anew, so that no case depends on those before it.
    this.c.sqlite3_randomness(0, 0);
    const [name, out] = [this.text(":memory:"), this.room(4)];
    const code = this.c.sqlite3_open(name, out);
    this.database = this.pointer(out);
    this.free(name, out);
    if (code !== 0) throw new Failure("the database cannot be opened");
    this.c.sqlite3_limit(this.database, LIMIT_ATTACHED, 0);
    try {
      // What does not fit into memory is not put into files, since there are none.
      this.execute("pragma temp_store = memory");
      return use(this.made(setup));
    } finally {
      this.c.sqlite3_close_v2(this.database);
    }
  }

  /** Runs a setup; gives why it failed, or null. */
  made(setup) {
    try {
      this.execute(setup);
      return null;
    } catch (error) {
      if (error instanceof Failure) return error.message;
      throw error;
    }
  }

  /** Runs statements; gives the table of the last that has columns. */
  execute(statements) {
    const [text, out] = [this.text(statements), this.room(8)];
    let last = null;
    try {
      for (let at = text; this.bytes(at, 1)[0] !== 0; at = this.pointer(out + 4)) {
        const line = (offset) => 1 + this.bytes(text, at + offset - text).filter((byte) => byte === 10).length;
        this.check(this.c.sqlite3_prepare_v2(this.database, at, -1, out, out + 4), line, this.blank(at));
        const statement = this.pointer(out);
        // Nothing but spaces and comments is no statement.
        if (statement !== 0) last = this.table(statement, () => line(this.blank(at))) ?? last;
      }
    } finally {
      this.free(text, out);
    }
    return last;
  }

  /** The spaces before a statement. */
  blank(at) {
    const start = at;
    while (this.bytes(at, 1)[0] <= 32 && this.bytes(at, 1)[0] > 0) at += 1;
    return at - start;
  }

  /** Runs a statement to its end; gives its table, if it has columns. */
  table(statement, line) {
    const width = this.c.sqlite3_column_count(statement);
    const columns = Array.from({ length: width }, (_, at) => this.string(this.c.sqlite3_column_name(statement, at)));
    const rows = [];
    let [bytes, code] = [0, 0];
    try {
      while ((code = this.c.sqlite3_step(statement)) === ROW) {
        rows.push(columns.map((_, at) => this.value(statement, at, (size) => (bytes += size))));
        if (rows.length * width > MOST_VALUES || bytes > MOST_BYTES) throw new Failure("it gives too much", line());
      }
      this.check(code === DONE ? 0 : code, line);
    } finally {
      this.c.sqlite3_finalize(statement);
    }
    return width > 0 ? { columns, rows } : null;
  }

  value(statement, column, count) {
    const type = this.c.sqlite3_column_type(statement, column);
    if (type !== TEXT && type !== BLOB) {
      count(8);
      if (type === INTEGER) return this.c.sqlite3_column_int64(statement, column);
      return type === FLOAT ? this.c.sqlite3_column_double(statement, column) : null;
    }
    const at = type === TEXT ? this.c.sqlite3_column_text(statement, column) : this.c.sqlite3_column_blob(statement, column);
    const bytes = this.bytes(at, this.c.sqlite3_column_bytes(statement, column));
    count(type === TEXT ? bytes.length : 3 + 2 * bytes.length);
    if (type === TEXT) return unicode.decode(bytes);
    return `x'${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase()}'`;
  }

  /** Throws what SQLite says of a code, unless it is success. `line` gives the line of an offset, which SQLite may know. */
  check(code, line, start) {
    if (code === 0) return;
    const offset = this.c.sqlite3_error_offset(this.database);
    const message = this.string(this.c.sqlite3_errmsg(this.database));
    throw new Failure((code & 255) === NO_MEMORY ? "it takes too much memory" : message, line(offset < 0 ? start : offset));
  }

  /** Puts a text into memory, with a zero at its end. Nothing of what follows a zero would be seen. */
  text(text) {
    const bytes = utf8.encode(`${text.replaceAll("\0", "")}\0`);
    const at = this.room(bytes.length);
    this.bytes(at, bytes.length).set(bytes);
    return at;
  }

  room(bytes) {
    const at = this.c.malloc(bytes);
    if (at === 0) throw new Failure("it takes too much memory");
    return at;
  }

  free(...places) {
    for (const place of places) this.c.free(place);
  }

  bytes(at, count) {
    return new Uint8Array(this.memory.buffer, at, count);
  }

  pointer(at) {
    return new DataView(this.memory.buffer).getInt32(at, true);
  }

  string(at) {
    const bytes = new Uint8Array(this.memory.buffer, at);
    return unicode.decode(bytes.subarray(0, bytes.indexOf(0)));
  }
}

// What follows compares as crates/prove/src/grade.rs does, in the same words.

/** Rows of JSON; whole numbers that SQLite could hold become BigInts, which JSON.parse alone would not tell from others. */
function parsed(text) {
  const whole = (token) => /^-?\d+$/.test(token) && BigInt.asIntN(64, BigInt(token)) === BigInt(token);
  const tagged = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (whole(token) ? `{"whole":"${token}"}` : token));
  return JSON.parse(tagged, (_, value) => (value?.whole === undefined ? value : BigInt(value.whole)));
}

const folded = (name) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
const isNumber = (value) => typeof value === "bigint" || typeof value === "number";

/** The first difference, as {message, got, expected, column}; null if there is none that counts. */
function difference(grade, columns, expected, table) {
  const nowhere = { got: null, expected: null, column: null };
  const width = columns?.length ?? expected[0]?.length ?? table.columns.length;
  if (width !== table.columns.length) {
    return { ...nowhere, message: `it has ${counted(table.columns.length, "column")} instead of ${width}` };
  }
  const named = grade.named ? (columns ?? []) : [];
  const column = named.findIndex((name, at) => folded(name) !== folded(table.columns[at]));
  if (column >= 0) return { ...nowhere, column, message: `a column is called "${table.columns[column]}" instead of "${named[column]}"` };
  const isOther = table.rows.length !== expected.length;
  const place = (grade.ordered ? inOrder : inAnyOrder)(grade, expected, isOther ? table.rows.slice(0, MOST_SHOWN) : table.rows);
  if (isOther) return { ...nowhere, ...place, message: `it has ${counted(table.rows.length, "row")} instead of ${expected.length}` };
  if (!place) return null;
  const [wanted, given] = [shown(expected[place.expected]), shown(table.rows[place.got])];
  const message = grade.ordered ? `row ${place.got + 1} is ${given} instead of ${wanted}` : `the row ${wanted} is missing, and there is ${given}`;
  return { ...place, message };
}

function inOrder(grade, expected, rows) {
  const count = Math.max(expected.length, rows.length);
  for (let at = 0; at < count; at += 1) {
    if (!expected[at] || !rows[at] || otherColumn(grade, expected[at], rows[at]) >= 0) return place(grade, expected, rows, at, at);
  }
  return null;
}

function inAnyOrder(grade, expected, rows) {
  const left = rows.map((row, at) => ({ row, at }));
  let missing = -1;
  expected.forEach((row, number) => {
    const at = left.findIndex((given) => otherColumn(grade, row, given.row) < 0);
    if (at >= 0) left.splice(at, 1);
    else if (missing < 0) missing = number;
  });
  return missing < 0 && left.length === 0 ? null : place(grade, expected, rows, missing, left[0]?.at ?? -1);
}

/** Where rows differ; one of them may not be there. */
function place(grade, expected, rows, wanted, got) {
  const [there, given] = [expected[wanted], rows[got]];
  const column = there && given ? otherColumn(grade, there, given) : null;
  return { got: given ? got : null, expected: there ? wanted : null, column };
}

/** The first column in which rows differ; -1 if there is none. */
function otherColumn(grade, expected, given) {
  return expected.findIndex((value, at) => !same(grade, value, given[at]));
}

function same(grade, expected, given) {
  if (expected === given) return true;
  if (!isNumber(expected) || !isNumber(given) || (typeof expected === "bigint" && typeof given === "bigint")) return false;
  const [a, b] = [Number(expected), Number(given)];
  return Math.abs(a - b) <= grade.tolerance * Math.max(Math.abs(a), Math.abs(b), 1);
}

/** A row as a case would have it, cut. */
function shown(row) {
  // Two units are at most a letter: nothing behind these is shown.
  const values = row.map((value) => (typeof value === "string" ? JSON.stringify(value.slice(0, 300)) : numberOf(value)));
  const letters = [...`[${values.join(", ")}]`];
  return letters.length > 120 ? `${letters.slice(0, 120).join("")}…` : letters.join("");
}

/** A number as Rust writes it: 7.0 is not 7. */
function numberOf(value) {
  if (typeof value !== "number") return String(value);
  const size = Math.abs(value);
  if (size === Infinity) return value < 0 ? "-inf" : "inf";
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential().replace("+", "");
  const text = Object.is(value, -0) ? "-0" : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

/** A table as the page gets it. */
function sent({ columns, rows }) {
  const cell = (value) => (isNumber(value) ? { number: numberOf(value) } : value);
  return { columns, rows: rows.slice(0, MOST_SHOWN).map((row) => row.map(cell)), count: rows.length };
}

/** Runs a program in a case. */
function answer(session, { program, grade }, { setup, columns, rows }) {
  const expected = parsed(rows);
  const nothing = { passed: false, got: null, expected: sent({ columns: columns ?? null, rows: expected }), difference: null, error: null };
  return session.with(setup, (broken) => {
    if (broken !== null) return { broken };
    try {
      const table = session.execute(program);
      if (!table) throw new Failure("it gives no table");
      const { message = null, ...place } = difference(grade, columns, expected, table) ?? {};
      return { ...nothing, passed: message === null, message, got: sent(table), difference: message === null ? null : place };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { ...nothing, message: error.message, error: { message: error.message, line: error.line } };
    }
  });
}

/** The tables and views that a setup makes. */
function tables(session, setup) {
  return session.with(setup, (broken) => {
    if (broken !== null) return { broken };
    const made = session.execute("select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite~_%' escape '~'");
    const tables = made.rows.map(([name]) => {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      const about = session.execute(`select name, type, pk, "notnull" from pragma_table_info('${name.replaceAll("'", "''")}')`);
      const columns = about.rows.map(([name, type, key, needed]) => ({ name, type, key: key > 0n, needed: needed > 0n }));
      const [[count]] = session.execute(`select count(*) from ${quoted}`).rows;
      return { ...sent(session.execute(`select * from ${quoted} limit ${MOST_SHOWN}`)), name, columns, count: Number(count) };
    });
    return { tables };
  });
}

/** Loads SQLite. Hosts may compress .gz once more, so that it may arrive as it was before. */
async function load(base) {
  const response = await fetch(new URL("sqlite3.wasm.gz", base));
  if (!response.ok) throw new Error(`sqlite3.wasm.gz: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f) return WebAssembly.compile(bytes);
  const plain = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  return WebAssembly.compile(await plain.arrayBuffer());
}

/** Runs what is asked in a session of its own. What was stopped in the middle of something is not used again. */
function within(module, post, ask) {
  try {
    return post(ask(new Session(module)));
  } catch (error) {
    const message = String(error.message);
    if (error instanceof Failure) return post({ broken: message });
    const nothing = { got: null, expected: null, difference: null };
    return post({ passed: false, message, ...nothing, error: { message, line: null } });
  }
}

let module;

self.onmessage = async ({ data }) => {
  const { job, base, kept } = data;
  if (base) {
    module = kept ? Promise.resolve(kept) : load(base);
    return module.then((kept) => postMessage({ loaded: true, kept }), (error) => postMessage({ failed: String(error.message) }));
  }
  const sqlite = await module;
  const post = (answer) => postMessage({ job, ...answer });
  if (data.tables !== undefined) within(sqlite, post, (session) => tables(session, data.tables));
  else data.cases.forEach((one, at) => within(sqlite, (found) => post({ case: at, ...found }), (session) => answer(session, data, one)));
  post({ done: true });
};

postMessage({ ready: true });
