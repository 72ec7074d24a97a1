-- What does a company call a role's level? A role that stands on its ladder more than once has the first of them.
select company, role, level
from (
  select companies.slug as company, roles.slug as role, rung.value ->> 'level' as level, min(rung.key)
  from companies, json_each(companies.ladder) as rung
  join roles on roles.slug = rung.value ->> 'role'
  group by companies.slug, roles.slug
)
order by company, role
