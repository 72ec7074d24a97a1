-- Which problems are near a problem? Those with most skills in common, of its kind first and as hard, of `total` with any.
with shared as (
  select here.slug as subject, there.slug as other, count(*) as skills
  from problems as here, json_each(here.skills) as mine
  join problems as there on there.slug <> here.slug, json_each(there.skills) as theirs
  where theirs.value = mine.value
  group by here.slug, there.slug
),
ranked as (
  select
    shared.subject,
    shared.other,
    row_number() over (
      partition by shared.subject
      order by
        shared.skills desc,
        there.kind = here.kind desc,
        abs(instr('easy medium hard', there.difficulty) - instr('easy medium hard', here.difficulty)),
        there.title collate site,
        there.slug
    ) as rank,
    count(*) over (partition by shared.subject) as total
  from shared
  join problems as here on here.slug = shared.subject
  join problems as there on there.slug = shared.other
)
select problems.slug as subject, other.slug as other, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join problems on problems.slug = ranked.subject
join problems as other on other.slug = ranked.other
order by ranked.subject, ranked.rank
