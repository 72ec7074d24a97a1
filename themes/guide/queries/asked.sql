-- Which problems does a loop ask, and in which of its rounds? Of a company for a role, or, where the company is '', of the role at large.
with shown as (
  select company, role from company_role_pages
  union
  select company, role from usual_roles
),
rounds_of as (
  select steps.company, steps.role, steps.round
  from shown
  join steps on steps.company = shown.company and steps.role = shown.role
  union
  -- Where a part of a loop is known, the rest is prepared for as it commonly is.
  select shown.company, shown.role, role_steps.round
  from shown
  join companies on companies.slug = shown.company and companies.loop_in_part
  join role_steps on role_steps.role = shown.role
  union
  select '', role, round from role_steps
)
select rounds_of.company, rounds_of.role, problems.slug as problem, rounds.slug as round, rounds.kind = 'screen' as screen
from problems, json_each(problems.rounds) as asks
join rounds on rounds.slug = asks.value
join rounds_of on rounds_of.round = rounds.slug
order by rounds_of.company, rounds_of.role, problem, round
