-- What does each company call a level? All names on its ladder whose roles are of that level, in the ladder's order, each with its other names.
with names as (
  select companies.slug as company, rung.value ->> 'role' as role, rung.value ->> 'level' as called, rung.key as place, -1 as turn
  from companies, json_each(companies.ladder) as rung
  union all
  select companies.slug, rung.value ->> 'role', also.value, rung.key, also.key
  from companies, json_each(companies.ladder) as rung, json_each(rung.value, '$.also') as also
  where also.type = 'text'
)
select company, level, group_concat(called, ', ' order by place, turn) as names
from (
  select names.company, roles.level, names.called, min(names.place) as place, names.turn
  from names
  join roles on roles.slug = names.role
  group by names.company, roles.level, names.called
)
group by company, level
order by company, level
