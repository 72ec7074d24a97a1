// The plan as a calendar (RFC 5545), made when it is asked for: a day for the interview, and one for each week or day before it, all of
// them without hours.

import { element, say } from "./interview-files.js";
import { written } from "./interview-plan.js";
import { blockName, saying, time } from "./interview-view.js";

/** Text as calendars have it. */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** A line has 75 octets at most; what is longer goes on in the next, after a space. No letter is cut. */
export function folded(line) {
  const octets = (text) => new TextEncoder().encode(text).length;
  const lines = [""];
  for (const letter of line) {
    if (octets(lines.at(-1) + letter) > 75) lines.push(" ");
    lines[lines.length - 1] += letter;
  }
  return lines.join("\r\n");
}

const day = (number) => written(number).replaceAll("-", "");

/** A calendar of `events`: { id, from, to, title, text, isBusy }, days as numbers. `now` is when it is made, `host` whose names those are. */
export function calendar(events, { now, host, url }) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = events.flatMap(({ id, from, to, title, text, isBusy }) => [
    "BEGIN:VEVENT",
    `UID:${id}@${host}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day(from)}`,
    `DTEND;VALUE=DATE:${day(to + 1)}`,
    `SUMMARY:${escaped(title)}`,
    ...(text ? [`DESCRIPTION:${escaped(text)}`] : []),
    `URL:${url}`,
    `TRANSP:${isBusy ? "OPAQUE" : "TRANSPARENT"}`,
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sitegen//guide//EN", "CALSCALE:GREGORIAN", ...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/** The events of a plan. One that is taken in again, after its date has moved, stands for the one before: names go by the end. */
export function eventsOf(page, all) {
  const { chosen, guide: { words } } = page;
  const { planned, title, date } = all;
  const named = [chosen.company, page.roleSlug].filter(Boolean).join("-");
  const lineOf = (step) => {
    const text = element("p", {}, ...saying(words, step)).textContent.trim();
    return `- ${text}${step.minutes ? ` (${time(words, step.minutes)})` : ""}`;
  };
  const text = (steps) => steps.map(lineOf).join("\n");
  const count = planned.blocks.length;
  const unit = planned.weekly ? "week" : "day";
  const blocks = planned.blocks.map((block, at) => ({ ...block, id: `${named}-${unit}-${count - at}`, title: say(words.event, { block: planned.weekly ? blockName(page, all, block, at) : words.prepare, title }), text: text(block.steps) }));
  return [...blocks, { id: `${named}-interview`, from: date, to: date, title: say(words.event_day, { title }), text: text(planned.day), isBusy: true }];
}

/** Gives the reader the calendar as a file. */
export function save(page, all) {
  const text = calendar(eventsOf(page, all), { now: new Date(), host: location.hostname, url: location.href });
  const href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  element("a", { href, download: "interview.ics" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
