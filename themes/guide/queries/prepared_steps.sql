-- Which rounds does a candidate prepare for, at a company whose loop is known, for a role and a level? Those of the loop; of one that is known
-- in part, the rest is assumed to be what is common. Other levels than the role's have rows where a company has rounds for some levels alone.
with named as (
  select distinct companies.slug as company, roles.level, rung.value ->> 'level' as called
  from companies, json_each(companies.ladder) as rung
  join roles on roles.slug = rung.value ->> 'role'
  where exists (
    select 1
    from json_each(companies.loop) as step
    where json_array_length(coalesce(step.value -> 'levels', '[]')) > 0
  )
),
told as (
  select steps.company, steps.role, roles.level, steps.round, steps.minutes, steps.known, steps.place
  from steps
  join roles on roles.slug = steps.role
  where steps.place is not null
  union
  select own_steps.company, roles.slug, named.level, own_steps.round, own_steps.minutes, own_steps.known, own_steps.place
  from named
  join companies on companies.slug = named.company, json_each(companies.loop) as step
  join own_steps on own_steps.company = named.company and own_steps.place = step.key
  join roles on roles.level <> named.level
  where
    (
      json_array_length(coalesce(step.value -> 'roles', '[]')) = 0
      or roles.slug in (select value from json_each(step.value -> 'roles'))
    )
    and (
      json_array_length(coalesce(step.value -> 'levels', '[]')) = 0
      or named.called in (select value from json_each(step.value -> 'levels'))
    )
),
filled as (
  select *, false as assumed from told
  union all
  select loops.company, loops.role, loops.level, role_steps.round, role_steps.minutes, false, role_steps.number, true
  from (select distinct company, role, level from told) as loops
  join companies on companies.slug = loops.company and companies.loop_in_part
  join role_steps on role_steps.role = loops.role
  where not exists (
    select 1
    from told
    where told.company = loops.company and told.role = loops.role and told.level = loops.level and told.round = role_steps.round
  )
)
select
  companies.slug as company,
  roles.slug as role,
  levels.slug as level,
  row_number() over (
    partition by filled.company, filled.role, filled.level
    order by
      iif(companies.loop_in_part, rounds.onsite + 2 * rounds.after, 0),
      -- Where only a part is known, nobody told its order, either.
      iif(companies.loop_in_part, coalesce(common.number, 100), 0),
      filled.place
  ) as number,
  rounds.slug as round,
  filled.minutes,
  filled.known,
  filled.assumed,
  filled.place
from filled
join companies on companies.slug = filled.company
join roles on roles.slug = filled.role
join levels on levels.slug = filled.level
join rounds on rounds.slug = filled.round
left join role_steps as common on common.role = filled.role and common.round = filled.round
order by company, role, level, number
