// Changes an interpreter's WebAssembly where a program must not reach.

const [EXPORTS, MEMORIES, CODE] = [7, 5, 10];
const PAGE = 65_536;
/** Kinds of imports and exports, and the instructions of a function that gives 0. */
const FUNCTION = 0;
const [NO_LOCALS, NOP, CONST, END] = [0x00, 0x01, 0x41, 0x0b];

/** Reads numbers and names one after the other. */
class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }

  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte > 127);
    return value;
  }

  name() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }
}

/** Where the contents of each section begin. */
function sections(bytes) {
  const found = new Map();
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const length = reader.number();
    if (id !== 0) found.set(id, reader.at);
    reader.at += length;
  }
  return found;
}

/** How many functions are imported, which are counted first. */
function imported(module) {
  return WebAssembly.Module.imports(module).filter(({ kind }) => kind === "function").length;
}

/** Bounds the memory of an instance. The number is written over the one that was there, in as many bytes. */
export function boundMemory(bytes, most) {
  const reader = new Reader(bytes, sections(bytes).get(MEMORIES));
  const [count, flags] = [reader.number(), reader.number()];
  if (count !== 1 || flags !== 1) throw new Error("there is not one memory with a bound");
  reader.number();
  const start = reader.at;
  reader.number();
  let pages = most / PAGE;
  for (let at = start; at < reader.at; at += 1, pages >>>= 7) bytes[at] = (pages & 127) | (at + 1 < reader.at ? 128 : 0);
  if (pages > 0) throw new Error("the bound does not fit");
}

/** Lets exported functions give 0 and do nothing. */
export function silence(bytes, names) {
  const start = sections(bytes);
  const before = imported(new WebAssembly.Module(bytes));
  const wanted = new Set(exported(new Reader(bytes, start.get(EXPORTS)), names).map((number) => number - before));
  const reader = new Reader(bytes, start.get(CODE));
  const count = reader.number();
  for (let number = 0; number < count; number += 1) {
    const length = reader.number();
    if (wanted.has(number)) {
      bytes.fill(NOP, reader.at, reader.at + length);
      bytes[reader.at] = NO_LOCALS;
      bytes.set([CONST, 0, END], reader.at + length - 3);
    }
    reader.at += length;
  }
}

/** The numbers of exported functions. */
function exported(reader, names) {
  const found = new Map();
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = reader.name();
    const kind = reader.bytes[reader.at++];
    const number = reader.number();
    if (kind === FUNCTION) found.set(name, number);
  }
  return names.map((name) => found.get(name) ?? (() => { throw new Error(`no function ${name} is exported`); })());
}
