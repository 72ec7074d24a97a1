-- Whose steps does the page of all comparisons name? Of the companies with two steps or more those of which the most is known, of `total`.
with ranked as (
  select known.company, row_number() over (order by known.place) as rank, count(*) over () as total
  from known
  where known.company in (select company from rung_pairs)
)
select companies.slug as company, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join companies on companies.slug = ranked.company
order by ranked.rank
