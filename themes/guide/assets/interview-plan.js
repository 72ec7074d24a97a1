// Makes a plan of what the guide has for a company and a role, of the days that are left and the hours of a week. It asks for no clock and
// no page, and takes no chance: the same question has the same answer, and a step keeps its name when its date moves.

/** Nobody plans further ahead than so many weeks; who has more days than DAYS plans by weeks. */
const WEEKS = 12;
const DAYS = 7;

/** What a step takes, in minutes, where nothing tells. A problem takes its own and COMPARE; a mock its round's and TALK. */
const MINUTES = { recruiter: 10, company: 20, level: 15, place: 10, round: 15, skill: 20, story: 40, action: 90, questions: 20, kit: 10, reread: 30, after: 15 };
const COMPARE = 10;
const TALK = 15;
/** When kinds are weighed, a round of hours counts no more than this, and one before the on-site day so much of its minutes. */
const HEAVIEST = 90;
const BEFORE = 0.5;
/** How many problems a plan has at another level than the role's: as many as a role's page shows. */
const MOST = 8;
/** What no round of the loop asks for comes last. */
const LEAST = 0.02;

/** When the work for a kind of rounds begins and ends, as shares of the time: coding comes first because a screen does. */
const SPANS = { screen: [0, 0.35], coding: [0.04, 0.72], design: [0.18, 0.82], project: [0.2, 0.85], behavioral: [0.12, 0.85] };
const BY_AREA = { sql: "coding", python: "coding", communication: "behavioral" };
const BY_KIND = { sql: "coding", python: "coding" };

/** A day as a number, and as it is written. */
export const dayOf = (text) => Date.parse(`${text}T00:00Z`) / 86_400_000;
export const written = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const of = (records, slug) => records.find((record) => record.slug === slug);

/**
 * What the plan is about: the records that were chosen, the loop, and what there is to do for it.
 * `guide`, `role` and `company` are the files that the build made; `company` may be undefined, and `role` is of no role in a guide without any.
 */
export function subject(guide, chosen, role, company) {
  const own = of(guide.roles, chosen.role);
  const level = of(guide.levels, chosen.level || own?.level);
  const here = company?.roles.find((entry) => entry.role === chosen.role);
  const loops = company?.loops.filter((entry) => entry.role === chosen.role) ?? [];
  const loop = loops.find((entry) => entry.level === level?.slug) ?? loops.find((entry) => !entry.level);
  const { steps, drawn } = loop ?? role;
  const rounds = steps.map((step) => ({ ...of(guide.rounds, step.round), ...step }));
  return {
    guide,
    role: own,
    company: of(guide.companies, chosen.company),
    level: { ...level, called: company?.levels.find((entry) => entry.level === level?.slug)?.names },
    place: of(guide.places, chosen.place),
    page: here?.url ?? company?.url,
    guidePage: here?.places.find((entry) => entry.place === chosen.place)?.url,
    rounds,
    drawn,
    isOwn: Boolean(loop),
    isPart: Boolean(loop && company.part),
    problems: problems(here?.problems ?? role.problems.slice(0, role.own), level?.slug === own?.level ? undefined : level?.slug, rounds, role),
    skills: role.skills.map((slug) => of(guide.skills, slug)).filter(Boolean),
    principles: company?.principles.length ? company.principles.map((slug) => of(guide.principles, slug)) : guide.principles.slice(0, 4),
    plan: role.plan,
  };
}

/** The problems of a plan. At another level than the role's, those that suit it: of the ones chosen, then of what else these rounds ask. */
function problems(chosen, level, rounds, role) {
  if (!role.suits?.some(([suited]) => suited === level)) return chosen;
  const asking = (problem) => rounds.filter(({ slug }) => problem.rounds.includes(slug));
  const isScreen = (problem) => asking(problem).every(({ kind }) => kind === "screen");
  const place = (problem) => role.suits.findIndex(([suited, screen, difficulty]) => suited === level && screen === isScreen(problem) && difficulty === problem.difficulty);
  const others = role.problems.filter((problem) => !of(chosen, problem.slug)).toSorted((a, b) => place(a) - place(b));
  const fitting = [...chosen, ...others].filter((problem) => asking(problem).length > 0 && place(problem) >= 0);
  const turn = (problem) => fitting.filter(({ kind }) => kind === problem.kind).indexOf(problem);
  return fitting.toSorted((a, b) => turn(a) - turn(b)).slice(0, MOST);
}

/** The kind of the round that weighs most of those that are asked for; on site before all others. */
function kindOf(rounds, isAsked) {
  const weight = ({ onsite, minutes }) => (onsite ? 1000 : 0) + minutes;
  return rounds.filter(isAsked).toSorted((a, b) => weight(b) - weight(a))[0]?.kind;
}

/** The steps for a subject: `lanes` by kind of rounds, each in the order of what helps most, and what stands apart from them. */
function steps(about) {
  const { rounds, guide, plan } = about;
  const lanes = Object.fromEntries(Object.keys(SPANS).map((kind) => [kind, laneOf(about, kind)]));
  const whole = plan.stages.flatMap((stage, at) => (stage.kind ? [] : actions(plan, stage).map((step) => ({ ...step, when: edge(at, plan.stages.length) }))));
  // Whose rounds these are, and where they are told.
  const loop = { name: about.company?.name ?? about.role?.name, url: about.company ? about.page : about.role?.url };
  const first = [
    { ...step("recruiter", "screen"), ...loop },
    ...(about.company ? [step("company", "screen", about.company, { url: about.page })] : []),
    ...(about.level.slug ? [step("level", "screen", about.level, { turn: 100 })] : []),
    ...(about.place ? [step("place", "screen", about.place, { turn: 120, url: about.guidePage ?? about.place.url })] : []),
  ];
  const last = [step("questions", "behavioral"), { ...step("reread", "behavioral"), ...loop }, step("kit", "behavioral")];
  return { lanes, whole, first, last, rounds, guide };
}

/** Where the first and the last stage of a plan stand among the weeks, and what lies between. */
const edge = (at, count) => (at === 0 ? 0.06 : at === count - 1 ? 0.88 : (at + 0.5) / count);

function step(what, kind, record, more) {
  return { id: record ? `${what}:${record.slug}` : what, what, kind, name: record?.name, url: record?.url, minutes: MINUTES[what], ...more };
}

function laneOf(about, kind) {
  const { rounds, problems, skills, principles, plan } = about;
  const mine = rounds.filter((round) => round.kind === kind).filter((round, at, all) => all.findIndex(({ slug }) => slug === round.slug) === at);
  const asks = (problem) => kindOf(rounds, ({ slug }) => problem.rounds.includes(slug)) ?? BY_KIND[problem.kind] ?? "design";
  const tests = (skill) => kindOf(rounds, (round) => round.skills.includes(skill.slug)) ?? BY_AREA[skill.area] ?? "design";
  const weight = (skill) => sum(rounds.filter((round) => round.skills.includes(skill.slug)).map(({ minutes }) => minutes));
  const own = problems.filter((problem) => asks(problem) === kind);
  const stories = kind === "behavioral" ? principles.map((principle) => step("story", kind, principle)) : [];
  const mocks = mine.filter(({ onsite }) => onsite).toSorted((a, b) => b.minutes - a.minutes).map((round) => step("mock", kind, round, { minutes: Math.min(round.minutes, HEAVIEST) + TALK }));
  const learned = skills.filter((skill) => tests(skill) === kind).toSorted((a, b) => weight(b) - weight(a));
  const work = woven([
    own.map((problem) => step("problem", kind, problem, { minutes: problem.minutes + COMPARE })),
    stories,
    learned.map((skill) => step("skill", kind, skill)),
    plan.stages.filter((stage) => stage.kind === kind).flatMap((stage) => actions(plan, stage)),
  ]);
  return [
    ...mine.map((round) => step("round", kind, round)),
    ...work.slice(0, 4),
    ...mocks.slice(0, 1),
    ...work.slice(4, 12),
    ...mocks.slice(1),
    ...work.slice(12),
    ...own.map((problem) => step("again", kind, problem, { minutes: problem.minutes })),
  ];
}

/** The first of each list, then the second of each. */
function woven(lists) {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

/** A stage's actions. They are named by their stage and their place in it, so that a plan of other lengths has the same. */
function actions(plan, stage) {
  const named = stage.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return stage.actions.map((html, at) => ({ id: `plan:${plan.slug}:${named}:${at + 1}`, what: "action", kind: stage.kind ?? "", html, name: plan.name, url: plan.url, minutes: MINUTES.action }));
}

/** What weighs how much: the minutes of each kind of rounds, as a share of the whole loop. */
export function shares(rounds) {
  const weight = ({ minutes, onsite }) => Math.min(minutes, HEAVIEST) * (onsite ? 1 : BEFORE);
  const counted = (kind) => sum(rounds.filter((round) => round.kind === kind).map(weight));
  const all = sum(Object.keys(SPANS).map(counted)) || 1;
  return Object.fromEntries(Object.keys(SPANS).map((kind) => [kind, counted(kind) / all]));
}

/**
 * Chooses what fits into so many minutes: what must be, then from each kind by its share. A step's turn comes when its kind has had as much
 * for its share as the others for theirs.
 */
function choose({ lanes, whole, first, rounds }, minutes) {
  const share = shares(rounds);
  const turns = Object.entries(lanes).flatMap(([kind, lane]) => {
    let so = 0;
    return lane.map((step) => ({ step, turn: (so += step.minutes) / Math.max(share[kind], LEAST) }));
  });
  let so = 0;
  // What a plan says to all kinds has a tenth of the time.
  turns.push(...whole.map((step) => ({ step, turn: (so += step.minutes) / 0.1 })));
  turns.push(...first.map((step) => ({ step, turn: step.turn ?? 0 })));
  const ranked = turns.toSorted((a, b) => a.turn - b.turn).map(({ step }) => step);
  const taken = [];
  let left = minutes;
  // Nothing is done again that is not done before.
  const isEarly = ({ what, id }) => what === "again" && ranked.some((step) => step.id === solved(id)) && !taken.some((step) => step.id === solved(id));
  for (const step of ranked) {
    if (isEarly(step) || (step.minutes > left && taken.length > 0)) continue;
    taken.push(step);
    left -= step.minutes;
  }
  return { taken, out: ranked.filter((step) => !taken.includes(step)) };
}

/** The step that one to do again has before it. */
const solved = (id) => id.replace(/^again:/, "problem:");

/** When in the time each step comes, as a share of it. */
function timed(taken, { first, whole }) {
  const inLane = (step) => !first.includes(step) && !whole.includes(step);
  const placed = new Map(first.map((step, at) => [step, at / 1000]));
  for (const step of whole) placed.set(step, step.when);
  for (const [kind, [from, to]] of Object.entries(SPANS)) {
    const lane = taken.filter((step) => step.kind === kind && inLane(step));
    const work = lane.filter(({ what }) => !["mock", "again"].includes(what));
    work.forEach((step, at) => placed.set(step, from + ((to - from) * (at + 0.5)) / work.length));
    lane.filter(({ what }) => what === "mock").forEach((step, at, { length }) => placed.set(step, 0.62 + (0.32 * (length - at)) / (length + 1)));
    for (const step of lane.filter(({ what }) => what === "again")) {
      placed.set(step, Math.min(0.86, (placed.get(work.find(({ id }) => id === solved(step.id))) ?? 0.3) + 0.3));
    }
  }
  return taken.toSorted((a, b) => placed.get(a) - placed.get(b));
}

/** The blocks of time before a day: weeks that end the day before it, or days. Without a day, weeks that have no dates. */
function blocks(from, day, weeks, hours) {
  const a = hours * 60;
  if (day === undefined) return Array.from({ length: weeks }, () => ({ minutes: a }));
  if (day - from <= DAYS) return Array.from({ length: day - from }, (_, at) => ({ from: from + at, to: from + at, minutes: a / 6 }));
  const count = Math.ceil((day - from) / 7);
  const ends = Array.from({ length: count }, (_, at) => day - 7 * (count - at - 1) - 1);
  const made = ends.map((to, at) => ({ from: at === 0 ? from : to - 6, to }));
  // One or two days are no week.
  if (made[0].to - made[0].from < 2) made.splice(0, 2, { from: made[0].from, to: made[1].to });
  return made.map((block) => ({ ...block, minutes: (a * (block.to - block.from + 1)) / 7 }));
}

/**
 * The plan: `blocks` of { from, to, minutes, steps }, what was left `out` for lack of time, what was done `before`, and the `day` itself.
 * `start` and `date` are days as numbers, `date` may be undefined; `doneOn` gives the day on which a step was done, as it is written.
 */
export function plan(about, { start, date, hours, doneOn = () => undefined }) {
  const made = steps(about);
  const from = date === undefined ? start : Math.max(start, date - 7 * WEEKS);
  const time = blocks(from, date, Math.min(WEEKS, about.plan.weeks), hours);
  // Problems know the day by Greenwich.
  const isBefore = ({ id, what }) => dayOf(doneOn(id)) < start - (what === "problem" ? 1 : 0);
  const open = (all) => all.filter((step) => !isBefore(step));
  const lanes = Object.fromEntries(Object.entries(made.lanes).map(([kind, lane]) => [kind, open(lane)]));
  const todo = { ...made, lanes, first: open(made.first), whole: open(made.whole) };
  const last = sum(made.last.map(({ minutes }) => minutes));
  const minutes = sum(time.map((block) => block.minutes));
  const { taken, out } = choose(todo, Math.max(minutes - last, time.length === 0 ? 0 : MINUTES.recruiter));
  const before = [...made.first, ...made.whole, ...Object.values(made.lanes).flat()].filter(isBefore);
  return {
    from,
    weekly: date === undefined || date - from > DAYS,
    blocks: filled(time, timed(time.length ? taken : [], todo), made.last, last),
    out: time.length ? out : [],
    before,
    day: [step("day", "screen"), step("after", "screen")],
    isSpare: minutes - last - sum(taken.map((step) => step.minutes)) > minutes / 5,
  };
}

/** Puts steps into blocks, each where its middle falls; what closes a plan stands in the last one. */
function filled(time, ordered, closing, last) {
  if (time.length === 0) return [];
  const room = time.map(({ minutes }, at) => Math.max(1, at === time.length - 1 && time.length > 1 ? minutes - last : minutes));
  const all = sum(ordered.map(({ minutes }) => minutes)) || 1;
  const scale = sum(room) / all;
  const made = time.map((block) => ({ ...block, steps: [] }));
  let so = 0;
  for (const step of ordered) {
    const middle = (so + step.minutes / 2) * scale;
    so += step.minutes;
    let at = 0;
    for (let end = room[0]; end < middle && at < room.length - 1; end += room[at]) at += 1;
    made[at].steps.push(step);
  }
  made.at(-1).steps.push(...closing);
  return made;
}
