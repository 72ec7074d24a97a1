-- What are the steps of each company's ladder, and which role and level of the guide are they? A name that stands on it more than once has
-- the first of its roles. `place` is where the step stands in the company's record.
with steps_of as (
  select
    companies.slug as company,
    rung.value ->> 'level' as called,
    rung.value ->> 'role' as role,
    rung.key as place,
    row_number() over (partition by companies.slug, rung.value ->> 'level' order by rung.key) as turn
  from companies, json_each(companies.ladder) as rung
),
named as (
  select *, coalesce(nullif(slug(called), ''), 'step-' || (place + 1)) as mark from steps_of where turn = 1
)
select
  companies.slug as company,
  named.called,
  named.called glob '[0-9]*' as is_number,
  roles.slug as role,
  levels.slug as level,
  named.place,
  -- Two names may be the same in an address.
  companies.slug || '-' || named.mark || iif(
    row_number() over (partition by companies.slug, named.mark order by named.place) = 1, '', '-' || (named.place + 1)
  ) as mark,
  companies.updated
from named
join companies on companies.slug = named.company
join roles on roles.slug = named.role
join levels on levels.slug = roles.level
order by companies.name collate site, companies.slug, named.place
