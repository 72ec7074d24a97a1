-- Which rounds does a company's loop for a role have, in order? Its own, as far as they are known and for the role and its level there; a
-- company without any has the common one, which has no places in its record.
with own as (
  select own_steps.*, roles.slug as role
  from own_steps
  join companies on companies.slug = own_steps.company, json_each(companies.loop) as step, roles
  left join ladder on ladder.company = own_steps.company and ladder.role = roles.slug
  where
    step.key = own_steps.place
    and (
      json_array_length(coalesce(step.value -> 'roles', '[]')) = 0
      or roles.slug in (select value from json_each(step.value -> 'roles'))
    )
    and (
      json_array_length(coalesce(step.value -> 'levels', '[]')) = 0
      or ladder.level in (select value from json_each(step.value -> 'levels'))
    )
)
select
  company,
  role,
  row_number() over (partition by company, role order by place) as number,
  round,
  minutes,
  known,
  place
from own
union all
select companies.slug, role_steps.role, role_steps.number, role_steps.round, role_steps.minutes, false, null
from companies, role_steps
where not exists (select 1 from own where own.company = companies.slug and own.role = role_steps.role)
order by company, role, number
