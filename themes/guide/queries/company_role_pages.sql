-- Of which roles at a company is there something to say? Of those on its ladder, those that its loop is for by name, and those that its record
-- lists. Search engines are told of those where something is known of its own loop: all of it, or a part. At which places it has the role
-- they are told where all is known, since what is known of a part stands on the page of the company and the role.
with known as (
  select company, role from ladder
  union
  select companies.slug, role.value
  from companies, json_each(companies.loop) as step, json_each(step.value -> 'roles') as role
  union
  select companies.slug, role.value
  from companies, json_each(companies.roles) as role
),
own as (
  select distinct company, role
  from steps
  where place is not null
)
select
  companies.slug as company,
  roles.slug as role,
  ladder.level,
  coalesce(' (' || ladder.level || ')', '') as level_mark,
  own.company is not null as own,
  own.company is not null and companies.loop_in_part as part,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(companies.updated, ''), coalesce(roles.updated, '')), '') as updated
from known
join companies on companies.slug = known.company
join roles on roles.slug = known.role
left join ladder on ladder.company = known.company and ladder.role = known.role
left join own on own.company = known.company and own.role = known.role
order by known.company, known.role
