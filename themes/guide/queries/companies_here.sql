-- Which other companies have an office where a company has one? The nearest to it, of `total`.
with ranked as (
  select
    here.company,
    here.location,
    there.company as other,
    row_number() over (partition by here.company, here.location order by coalesce(alike.facts, 0) desc, known.place) as rank,
    count(*) over (partition by here.company, here.location) as total
  from offices as here
  join offices as there on there.location = here.location and there.company <> here.company
  join known on known.company = there.company
  left join alike on alike.company = here.company and alike.other = there.company
)
select companies.slug as company, locations.slug as location, other.slug as other, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join companies on companies.slug = ranked.company
join companies as other on other.slug = ranked.other
join locations on locations.slug = ranked.location
order by ranked.company, ranked.location, ranked.rank
