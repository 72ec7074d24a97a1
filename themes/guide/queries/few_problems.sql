-- Which problems does a page name that is about a value of a facet: a round, a skill, a technology? Of each difficulty those that are most about
-- it, the easier ones first, of `total` that the finder shows.
with turns as (
  select
    answers.facet,
    answers.value,
    problems.slug as problem,
    problems.title,
    instr('easy medium hard', problems.difficulty) as difficulty,
    row_number() over (
      partition by answers.facet, answers.value, problems.difficulty order by answers.place, problems.title collate site, problems.slug
    ) as turn,
    count(*) over (partition by answers.facet, answers.value) as total
  from answers
  join problems on problems.slug = answers.slug
  where answers.list = 'problems'
),
ranked as (
  select *, row_number() over (partition by facet, value order by turn, difficulty) as rank
  from turns
)
select ranked.facet, ranked.value, problems.slug as problem, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join problems on problems.slug = ranked.problem
order by ranked.facet, ranked.value, ranked.difficulty, ranked.turn
