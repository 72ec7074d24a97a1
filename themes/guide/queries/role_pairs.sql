-- Which two roles does a page compare? Those of which one is weighed against the other.
with pairs as (
  select
    first,
    second,
    row_number() over (partition by lower(first || '-or-' || second) order by first) as homonym
  from (select distinct first, second from role_near)
)
select
  one.slug as one,
  other.slug as other,
  nullif(max(coalesce(one.updated, ''), coalesce(other.updated, '')), '') as updated
from pairs
join roles as one on one.slug = pairs.first
join roles as other on other.slug = pairs.second
where pairs.homonym = 1
order by one."order", one.slug, other."order", other.slug
