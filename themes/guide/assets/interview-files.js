// The files that the build made for "My interview": one of the guide, and one for each company and role, which are asked for when they are
// chosen.

import { checked } from "./interview-store.js";

const files = new Map();

/** A file, asked for once. It may be newer than the one that the browser has. */
export function file(url) {
  if (!files.has(url)) files.set(url, fetch(url, { cache: "no-cache" }).then((response) => (response.ok ? response.json() : Promise.reject(response.status))));
  return files.get(url);
}

/** What a plan for what is chosen is made of. Without a role it is for the one that the company's page is about, or else a usual one. */
export async function opened(url, asked) {
  const guide = await file(url);
  const { chosen } = checked(guide, asked);
  const company = chosen.company && (await file(guide.companies.find(({ slug }) => slug === chosen.company).file));
  const own = guide.roles.find(({ slug }) => slug === (chosen.role || company?.usual)) ?? guide.roles.find(({ usual }) => usual) ?? guide.roles[0];
  const isChosen = Boolean(chosen.company || chosen.role || chosen.date);
  return { guide, chosen: { hours: String(guide.hours[1]), ...chosen }, company, roleSlug: own.slug, role: isChosen && (await file(own.file)), isChosen };
}

/** Words with values in their places. */
export const say = (words, values) => words.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
