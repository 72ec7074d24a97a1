-- Which comparisons of two steps of ladders does the page of two levels name? Those at the companies of which the most is known, of `total`.
with ranked as (
  select
    rung_pairs.one_level || ' ' || rung_pairs.other_level as levels,
    rung_pairs.company,
    rung_pairs.mark,
    row_number() over (partition by rung_pairs.one_level, rung_pairs.other_level order by known.place, rung_pairs.mark) as rank,
    count(*) over (partition by rung_pairs.one_level, rung_pairs.other_level) as total
  from rung_pairs
  join known on known.company = rung_pairs.company
)
select ranked.levels, ranked.company, ranked.mark, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
order by ranked.levels, ranked.rank
