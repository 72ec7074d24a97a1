// The files that the build made for "My interview": one of the guide, and one for each company and role, which are asked for when they are
// chosen.

const files = new Map();

/** A file, asked for once. It may be newer than the one that the browser has. */
export function file(url) {
  if (!files.has(url)) files.set(url, fetch(url, { cache: "no-cache" }).then((response) => (response.ok ? response.json() : Promise.reject(response.status))));
  return files.get(url);
}

/** Words with values in their places. */
export const say = (words, values) => words.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
