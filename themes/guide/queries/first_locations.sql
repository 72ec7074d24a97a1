-- Which places does the home page name? Those where most companies have an office; all, if they are few.
with ranked as (
  select
    locations.slug as location,
    row_number() over (order by locations.remote, count(offices.company) desc, locations.name collate site, locations.slug) as rank,
    count(*) over () as total
  from locations
  left join offices on offices.location = locations.slug
  group by locations.slug
)
select locations.slug as location, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join locations on locations.slug = ranked.location
order by ranked.rank
