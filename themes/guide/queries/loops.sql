-- Of which companies, roles and locations is there something to say? Where the company has an office, of the roles that it has a loop
-- or a level for; and wherever the pay is shown.
with known as (
  select offices.company, roles.slug as role, offices.location
  from offices, roles
  join companies on companies.slug = offices.company
  where
    json_array_length(companies.loop) > 0
    or exists (select 1 from ladder where ladder.company = offices.company and ladder.role = roles.slug)
  union
  select company, role, location from shown_slices
)
select
  known.company,
  known.role,
  known.location,
  ladder.level,
  coalesce(' (' || ladder.level || ')', '') as level_mark,
  coalesce(shown.samples, 0) as samples,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(companies.updated, ''), coalesce(roles.updated, ''), coalesce(locations.updated, '')), '') as updated
from known
join companies on companies.slug = known.company
join roles on roles.slug = known.role
join locations on locations.slug = known.location
left join ladder on ladder.company = known.company and ladder.role = known.role
left join shown_slices as shown
  on shown.company = known.company and shown.role = known.role and shown.location = known.location
order by known.company, known.role, known.location
