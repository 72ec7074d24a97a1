-- Which comparisons of two steps of ladders are near one? At other companies those of steps with the same two names, and of the same two levels,
-- of `total` each.
with related as (
  select here.mark, 'name' as way, there.company, there.mark as other
  from rung_pairs as here
  join rung_pairs as there
    on there.one_called = here.one_called and there.other_called = here.other_called and there.mark <> here.mark
  union all
  select here.mark, 'step', there.company, there.mark
  from rung_pairs as here
  join rung_pairs as there on there.one_level = here.one_level and there.other_level = here.other_level and there.mark <> here.mark
),
ranked as (
  select
    related.mark,
    related.way,
    related.other,
    row_number() over (partition by related.mark, related.way order by known.place, related.other) as rank,
    count(*) over (partition by related.mark, related.way) as total
  from related
  join known on known.company = related.company
)
select ranked.mark, ranked.way, rung_pairs.company, ranked.other, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join rung_pairs on rung_pairs.mark = ranked.other
order by ranked.mark, ranked.way, ranked.rank
