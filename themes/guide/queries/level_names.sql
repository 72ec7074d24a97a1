-- What does each company call a level? All names on its ladder whose roles are of that level, in the ladder's order.
select company, level, group_concat(called, ', ' order by place) as names
from (
  select companies.slug as company, levels.slug as level, rung.value ->> 'level' as called, min(rung.key) as place
  from companies, json_each(companies.ladder) as rung
  join roles on roles.slug = rung.value ->> 'role'
  join levels on levels.slug = roles.level
  group by companies.slug, levels.slug, called
)
group by company, level
order by company, level
