-- Which rounds does a company's loop for a role have, in order? Its own, as far as they are for the role and its level there; a company
-- without any has the common one, which has no places in its record.
with own as (
  select companies.slug as company, roles.slug as role, step.key as place, step.value as step
  from companies, json_each(companies.loop) as step, roles
  left join ladder on ladder.company = companies.slug and ladder.role = roles.slug
  where
    (
      json_array_length(coalesce(step.value -> 'roles', '[]')) = 0
      or roles.slug in (select value from json_each(step.value -> 'roles'))
    )
    and (
      json_array_length(coalesce(step.value -> 'levels', '[]')) = 0
      or ladder.level in (select value from json_each(step.value -> 'levels'))
    )
)
select
  own.company,
  own.role,
  row_number() over (partition by own.company, own.role order by own.place) as number,
  rounds.slug as round,
  coalesce(own.step ->> 'minutes', rounds.minutes) as minutes,
  own.step ->> 'minutes' is not null as known,
  own.place
from own
join rounds on rounds.slug = own.step ->> 'round'
union all
select companies.slug, role_steps.role, role_steps.number, role_steps.round, role_steps.minutes, false, null
from companies, role_steps
where not exists (select 1 from own where own.company = companies.slug and own.role = role_steps.role)
order by company, role, number
