-- Which two levels of the guide stand next to each other?
with ordered as (
  select slug, lead(slug) over (order by "order", slug) as next from levels
)
select
  one.slug as one,
  other.slug as other,
  nullif(max(coalesce(one.updated, ''), coalesce(other.updated, '')), '') as updated
from ordered
join levels as one on one.slug = ordered.slug
join levels as other on other.slug = ordered.next
order by one."order", one.slug
