-- Of which roles at a company is there something to say? Of those that it has a loop or a level for, and those whose pay is shown.
with known as (
  select companies.slug as company, roles.slug as role
  from companies, roles
  where json_array_length(companies.loop) > 0
  union
  select company, role from ladder
  union
  select company, role from shown_company_roles
)
select
  known.company,
  known.role,
  ladder.level,
  coalesce(' (' || ladder.level || ')', '') as level_mark,
  coalesce(shown.samples, 0) as samples,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(companies.updated, ''), coalesce(roles.updated, '')), '') as updated
from known
join companies on companies.slug = known.company
join roles on roles.slug = known.role
left join ladder on ladder.company = known.company and ladder.role = known.role
left join shown_company_roles as shown on shown.company = known.company and shown.role = known.role
order by known.company, known.role
