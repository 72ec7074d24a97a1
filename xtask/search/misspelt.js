// Titles as people mistype them, the same each time.

/** Numbers that look like chance. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A word with one letter swapped with the next, left out, doubled or changed. */
function wrong(word, chance) {
  const at = 1 + chance(word.length - 2);
  const kinds = [
    () => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + word[at] + word.slice(at),
    () => word.slice(0, at) + "etaoinshrdlu"[chance(12)] + word.slice(at + 1),
  ];
  return kinds[chance(4)]();
}

/** So many titles, each with a mistake in one of its longer words, and the pages that are meant. */
export function misspelt(entries, count) {
  const chance = random(7);
  const found = [];
  for (let tries = 0; found.length < count && tries < 50 * count; tries += 1) {
    const { title, url } = entries[chance(entries.length)];
    const pieces = title.split(" ");
    const long = pieces.map((piece, at) => [piece, at]).filter(([piece]) => /^\p{L}{5,}$/u.test(piece));
    if (long.length === 0) continue;
    const [piece, at] = long[chance(long.length)];
    found.push({ query: pieces.with(at, wrong(piece.toLowerCase(), chance)).join(" ").toLowerCase(), url, title });
  }
  return found;
}
