// On the home page: where the reader stands who has a plan. Who has none asks for nothing more.

import { recall } from "./interview-store.js";

const card = document.querySelector(".continue-card");
const kept = card && recall();
if (kept && (kept.chosen.company || kept.chosen.role || kept.chosen.date)) fill().catch(() => (card.hidden = true));

async function fill() {
  const find = (selector) => card.querySelector(selector);
  const { heading, made, nextOf, opened, saying, styled, tally } = await import("./interview-view.js");
  const [page] = await Promise.all([opened(card.dataset.guide, kept.chosen), styled(card.dataset.style)]);
  const all = made({ ...page, start: kept.start, done: kept.done });
  const { words } = page.guide;
  find("a").textContent = all.title;
  find(".continue-days").append(...heading(page, all));
  const { count, said } = tally(page, all, kept.done);
  Object.assign(find("progress"), { max: Math.max(1, all.steps.length), value: count });
  find(".continue-count").textContent = said;
  const next = nextOf(all.steps, kept.done);
  find(".continue-next").append(...(next ? [`${words.next_step} `, ...saying(words, next)] : [words.all_done]));
  card.hidden = false;
}
