-- Which two companies does a page compare? Those of which one is among the nearest of the other. Two pairs could be called the same, where a
-- slug holds an "or": the first has the page.
with pairs as (
  select distinct
    first,
    second,
    row_number() over (partition by lower(first || '-or-' || second) order by first) as homonym
  from (select distinct first, second from company_near)
)
select
  one.slug as one,
  other.slug as other,
  nullif(max(coalesce(one.updated, ''), coalesce(other.updated, '')), '') as updated
from pairs
join companies as one on one.slug = pairs.first
join companies as other on other.slug = pairs.second
where pairs.homonym = 1
order by one.name collate site, one.slug, other.name collate site, other.slug
