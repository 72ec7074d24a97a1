// What was measured, in words: a Markdown table with a column for each generator, and what Lighthouse says of the guide.

const number = (value) => Math.round(value).toLocaleString("en");
const shift = (value) => (value < 0.0005 ? "0" : value.toFixed(3));
const names = { performance: "performance", accessibility: "accessibility", "best-practices": "best practices", seo: "search engines", "agentic-browsing": "agents" };

/** One value if both are equal, else that of the phone and that of the screen. */
const both = (narrow, wide) => (narrow === wide ? narrow : `${narrow} / ${wide}`);
const views = (show) => ({ narrow, wide }) => both(show(narrow), show(wide));

const rows = [
  ["requests", views(({ requests }) => number(requests))],
  ["bytes in all", views(({ total }) => number(total))],
  ["HTML", views(({ bytes }) => number(bytes.html))],
  ["CSS", views(({ bytes }) => number(bytes.css))],
  ["JavaScript", views(({ bytes }) => number(bytes.js))],
  ["fonts", views(({ bytes }) => number(bytes.fonts))],
  ["other", views(({ bytes }) => number(bytes.other))],
  ["ahead, for other pages", views(({ bytes, ahead }) => (ahead > 0 ? `${number(bytes.ahead)} in ${ahead}` : "0"))],
  ["scripts in the HTML", views(({ inside }) => number(inside.js))],
  ["styles in the HTML", views(({ inside }) => number(inside.css))],
  ["requests to other hosts", views(({ elsewhere, hosts }) => (elsewhere > 0 ? `${elsewhere} (${hosts.join(", ")})` : "0"))],
  ["cookies", views(({ cookies }) => number(cookies))],
  ["layout shift", views(({ moved }) => shift(moved))],
  ["blocked, ms", ({ blocking }) => number(blocking)],
  ["axe: rules broken", ({ violations }) => number(violations.length)],
  ["axe: elements", ({ violations }) => number(violations.reduce((sum, { elements }) => sum + elements, 0))],
  ["readable without JavaScript", ({ withoutScripts }) => (withoutScripts.readable ? "yes" : "no")],
  ...Object.entries(names).map(([id, name]) => [`Lighthouse: ${name}`, ({ lighthouse }) => number(lighthouse.scores[id])]),
];

const line = (cells) => `| ${cells.join(" | ")} |`;

/** The table, and which of axe's rules each page breaks. */
export function table(measured) {
  const head = [line(["", ...measured.map(({ name, version }) => `${name} ${version}`.trim())]), `|---|${" --: |".repeat(measured.length)}`];
  const body = rows.map(([name, show]) => line([name, ...measured.map(show)]));
  const broken = measured.filter(({ violations }) => violations.length > 0);
  const rules = broken.map(({ name, violations }) => `- ${name}: ${violations.map(({ rule, elements }) => `\`${rule}\` (${elements})`).join(", ")}`);
  return [...head, ...body, "", "What axe finds:", "", ...(rules.length > 0 ? rules : ["- nothing"]), ""].join("\n");
}

/** Each audit of Lighthouse that a page does not pass to the full. */
export function report({ name, lighthouse }) {
  const audits = lighthouse.imperfect.map(({ id, score, title, value }) => `- \`${id}\` ${score}: ${[title, value].filter(Boolean).join(": ")}`);
  return [`What Lighthouse finds in the page of ${name}:`, "", ...(audits.length > 0 ? audits : ["- nothing"])].join("\n");
}
