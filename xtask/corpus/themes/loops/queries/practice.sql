-- Which four problems prepare for a company's loop for a role? Those asked in its rounds, what the company cares about first.
with asked as (
  select distinct roles.slug as role, problems.slug as problem, problems.kind, problems.minutes
  from roles, json_each(roles.loop) as step, problems, json_each(problems.rounds) as round
  where round.value = step.value
),
ranked as (
  select
    companies.slug as company,
    asked.role,
    asked.problem,
    row_number() over (
      partition by companies.slug, asked.role
      order by asked.kind = companies.focus desc, asked.minutes, asked.problem
    ) as rank
  from companies, asked
)
select companies.slug as company, roles.slug as role, problems.slug as problem, ranked.rank
from ranked
join companies on companies.slug = ranked.company
join roles on roles.slug = ranked.role
join problems on problems.slug = ranked.problem
where ranked.rank <= 4
order by companies.slug, roles.slug, ranked.rank
