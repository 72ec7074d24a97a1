-- Of which roles at a company is there something to say? Of those on its ladder, those that its loop is for by name, and those that its record
-- lists. What is known of its loop or its levels decides whether search engines are told.
with known as (
  select company, role from ladder
  union
  select companies.slug, role.value
  from companies, json_each(companies.loop) as step, json_each(step.value -> 'roles') as role
  union
  select companies.slug, role.value
  from companies, json_each(companies.roles) as role
)
select
  companies.slug as company,
  roles.slug as role,
  ladder.level,
  coalesce(' (' || ladder.level || ')', '') as level_mark,
  exists (
    select 1 from steps where steps.company = known.company and steps.role = known.role and steps.place is not null
  ) as own,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(companies.updated, ''), coalesce(roles.updated, '')), '') as updated
from known
join companies on companies.slug = known.company
join roles on roles.slug = known.role
left join ladder on ladder.company = known.company and ladder.role = known.role
order by known.company, known.role
