-- Which two steps of a company's ladder stand next to each other?
with ordered as (
  select
    *,
    lead(mark) over (partition by company order by place) as next
  from rungs
)
select
  ordered.company,
  ordered.called as one_called,
  other.called as other_called,
  ordered.mark as one_mark,
  other.mark as other_mark,
  ordered.mark || '-or-' || substr(other.mark, length(ordered.company) + 2) as mark,
  ordered.level as one_level,
  other.level as other_level,
  nullif(
    max(coalesce(ordered.updated, ''), coalesce(one.updated, ''), coalesce(two.updated, '')), ''
  ) as updated
from ordered
join rungs as other on other.mark = ordered.next and other.company = ordered.company
join levels as one on one.slug = ordered.level
join levels as two on two.slug = other.level
order by ordered.company, ordered.place
