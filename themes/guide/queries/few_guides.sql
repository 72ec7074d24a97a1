-- For which companies does the page of a place name the guides for it? Those of which the most is known, of `total` that have any.
with ranked as (
  select
    here.location,
    known.company,
    row_number() over (partition by here.location order by known.place) as rank,
    count(*) over (partition by here.location) as total
  from (select distinct location, company from loops) as here
  join known on known.company = here.company
)
select locations.slug as location, companies.slug as company, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join locations on locations.slug = ranked.location
join companies on companies.slug = ranked.company
order by ranked.location, ranked.rank
