-- Which places are near a place? Of each all others, first those of its region, then of its country, then by the companies that have an office
-- in both.
with both as (
  select here.location, there.location as other, count(*) as companies
  from offices as here
  join offices as there on there.company = here.company and there.location <> here.location
  group by here.location, there.location
)
select
  here.slug as subject,
  there.slug as other,
  row_number() over (
    partition by here.slug
    order by
      there.remote,
      coalesce(there.region = here.region and there.country = here.country, 0) desc,
      coalesce(there.country = here.country, 0) desc,
      coalesce(both.companies, 0) desc,
      there.name collate site,
      there.slug
  ) as rank,
  count(*) over (partition by here.slug) as total
from locations as here
join locations as there on there.slug <> here.slug
left join both on both.location = here.slug and both.other = there.slug
order by here.slug, rank
