// Markdown made from a built page's <main>, as an author would write it for another generator: headings, lists, tables, fenced code,
// and the charts as they are, in place.

import { parse, serializeOuter } from "parse5";

const attribute = (node, name) => node.attrs?.find((attribute) => attribute.name === name)?.value;
const classes = (node) => (attribute(node, "class") ?? "").split(/\s+/);
const children = (node) => node.childNodes ?? [];

/** All elements below a node, in order. */
const elements = (node) => children(node).flatMap((child) => [...(child.tagName ? [child] : []), ...elements(child)]);

const first = (node, name) => elements(node).find(({ tagName }) => tagName === name);
const plain = (node) => (node.nodeName === "#text" ? node.value : children(node).map(plain).join(""));
const words = (text) => text.replace(/\s+/g, " ");
const entity = (sign) => `&#${sign.codePointAt(0)};`;

/** Signs that some dialect would read as more than text. Entities are read alike by all. */
const escape = (text) => text.replace(/[\\`*_[\]<>&$|{}~^]/g, entity);

/** What GitHub, and each of these generators, makes of a heading for its anchor. */
const slug = (text) => words(text).trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");

const skipped = new Set(["script", "style", "template", "button", "form", "input", "select"]);
const inlines = new Set(["a", "abbr", "b", "br", "cite", "code", "em", "i", "kbd", "small", "span", "strong", "sub", "sup", "time"]);
const navigation = (node) => node.tagName === "nav" && classes(node).some((name) => ["crumbs", "toc"].includes(name));

/** The page's title, description and Markdown. `link` gives what a link's target is in the other site. */
export function toMarkdown(html, link) {
  const document = parse(html);
  const main = first(document, "main");
  const anchors = new Map();
  for (const node of elements(main)) if (/^h[2-6]$/.test(node.tagName) && attribute(node, "id")) anchors.set(attribute(node, "id"), slug(plain(node)));
  const target = (href) => (href.startsWith("#") ? `#${anchors.get(href.slice(1)) ?? ""}` : link(href));
  const description = elements(document).find((node) => node.tagName === "meta" && attribute(node, "name") === "description");
  const title = words(plain(first(main, "h1") ?? first(document, "title"))).trim();
  return { title, description: description ? attribute(description, "content") : title, text: `${new Writer(target).blocks(main).join("\n\n")}\n` };
}

class Writer {
  constructor(target) {
    this.target = target;
  }

  /** Text with links, code and emphasis, on one line. */
  inline(node) {
    if (node.nodeName === "#text") return escape(words(node.value));
    const inner = () => children(node).map((child) => this.inline(child)).join("");
    const around = (mark) => inner().replace(/^(\s*)(.*?)(\s*)$/s, (_, before, text, after) => (text ? `${before}${mark}${text}${mark}${after}` : before));
    if (node.tagName === "code") return this.code(plain(node));
    if (node.tagName === "a" && attribute(node, "href")) return `[${inner().trim()}](${this.target(attribute(node, "href"))})`;
    if (["strong", "b"].includes(node.tagName)) return around("**");
    if (["em", "i"].includes(node.tagName)) return around("*");
    if (skipped.has(node.tagName) || node.tagName === "svg") return "";
    if (node.tagName === "br") return " ";
    return inner();
  }

  code(text) {
    const mark = text.includes("`") ? "``" : "`";
    return `${mark}${words(text)}${mark}`;
  }

  /** The blocks of a node, in order; text between blocks is a paragraph. */
  blocks(node) {
    const blocks = [];
    let line = "";
    const end = () => {
      if (line.trim()) blocks.push(words(line).trim());
      line = "";
    };
    for (const child of children(node)) {
      if (child.nodeName === "#text" || inlines.has(child.tagName)) {
        line += this.inline(child);
      } else if (child.tagName && !skipped.has(child.tagName) && !navigation(child)) {
        end();
        blocks.push(...this.block(child));
      }
    }
    end();
    return blocks;
  }

  block(node) {
    const level = /^h([2-6])$/.exec(node.tagName)?.[1];
    if (level) return [`${"#".repeat(Number(level))} ${words(this.inline(node)).trim()}`];
    switch (node.tagName) {
      case "h1": return [];
      case "p": return [words(this.inline(node)).trim()].filter(Boolean);
      case "figcaption": return this.title(node);
      case "summary": return first(node, "h3") ? this.blocks(node) : this.title(node);
      case "ul": case "ol": return this.list(node);
      case "dl": return [this.facts(node)];
      case "table": return [this.table(node)];
      case "pre": return [this.fence(node)];
      case "svg": return [chart(node)];
      default: return this.blocks(node);
    }
  }

  title(node) {
    const text = words(this.inline(node)).trim().replaceAll("**", "");
    return text ? [`**${text}**`] : [];
  }

  /** A list of lines. Items that hold more than text are parts of the page. */
  list(node) {
    const items = children(node).filter(({ tagName }) => tagName === "li");
    const rich = items.some((item) => elements(item).some(({ tagName }) => /^(h\d|pre|table|details|svg|ul|ol|dl)$/.test(tagName)));
    if (rich) return items.flatMap((item) => this.blocks(item));
    const marker = node.tagName === "ol" ? (index) => `${index + 1}.` : () => "-";
    return [items.map((item, index) => `${marker(index)} ${this.blocks(item).join(" ")}`).join("\n")];
  }

  facts(node) {
    const lines = [];
    for (const item of elements(node)) {
      if (item.tagName === "dt") lines.push(`- **${words(this.inline(item)).trim()}:**`);
      if (item.tagName === "dd") lines.push(`${lines.pop() ?? "-"} ${this.blocks(item).join(" ")}`);
    }
    return lines.join("\n");
  }

  table(node) {
    const rows = elements(node).filter(({ tagName }) => tagName === "tr").map((row) => {
      const cells = children(row).filter(({ tagName }) => ["th", "td"].includes(tagName));
      // A bar can only be in code here: elsewhere it is an entity.
      return cells.map((cell) => this.blocks(cell).join(" ").replaceAll("|", "\\|"));
    });
    const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
    return [head, `|${" --- |".repeat(rows[0].length)}`, ...body].join("\n");
  }

  fence(node) {
    const language = /language-(\S+)/.exec(attribute(first(node, "code") ?? node, "class") ?? "")?.[1] ?? "text";
    return `\`\`\`${language}\n${plain(node).replace(/\n$/, "")}\n\`\`\``;
  }
}

/** A chart on one line, in the colour of the text: the style sheet that would colour it is the guide's. */
function chart(svg) {
  const set = (node, name, value) => node.attrs.push({ name, value });
  for (const node of [svg, ...elements(svg)]) {
    node.attrs = node.attrs.filter(({ name }) => name !== "class");
    if (["rect", "text"].includes(node.tagName)) set(node, "fill", "currentColor");
    if (node.tagName === "rect") set(node, "fill-opacity", "0.3");
    if (node.tagName === "line") set(node, "stroke", "currentColor");
  }
  return `<div>${serializeOuter(svg).replace(/\s*\n\s*/g, "")}</div>`;
}
