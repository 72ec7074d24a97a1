-- Which problems prepare for a company's loop for a role? Of those that are asked in one of its rounds, the ones whose skills the role
-- and the rounds want most for each minute of practice: the best of each kind first, then the second best.
with pairs as (
  select
    pages.company,
    pages.role,
    roles.skills,
    case when json_array_length(companies.loop) > 0 then companies.loop else roles.loop end as loop
  from company_role_pages as pages
  join companies on companies.slug = pages.company
  join roles on roles.slug = pages.role
),
steps as (
  select pairs.company, pairs.role, step.value as round
  from pairs, json_each(pairs.loop) as step
),
-- A skill that both the role and a round want counts twice.
wanted as materialized (
  select company, role, skill, count(*) as weight
  from (
    select pairs.company, pairs.role, skill.value as skill
    from pairs, json_each(pairs.skills) as skill
    union all
    select distinct steps.company, steps.role, skill.value
    from steps
    join rounds on rounds.slug = steps.round, json_each(rounds.skills) as skill
  )
  group by company, role, skill
),
asked as materialized (
  select distinct steps.company, steps.role, problems.slug as problem
  from problems, json_each(problems.rounds) as round
  join steps on steps.round = round.value
),
scored as (
  select asked.company, asked.role, asked.problem, sum(wanted.weight) as score
  from asked
  join problems on problems.slug = asked.problem, json_each(problems.skills) as skill
  join wanted on wanted.company = asked.company and wanted.role = asked.role and wanted.skill = skill.value
  group by asked.company, asked.role, asked.problem
),
by_kind as (
  select
    scored.*,
    instr('sql python modelling design', problems.kind) as kind,
    row_number() over (
      partition by scored.company, scored.role, problems.kind
      order by 1.0 * scored.score / problems.minutes desc, scored.score desc, scored.problem
    ) as turn
  from scored
  join problems on problems.slug = scored.problem
),
ranked as (
  select *, row_number() over (partition by company, role order by turn, kind) as rank
  from by_kind
  where turn <= 2
)
select pages.company, pages.role, ranked.rank, problems.slug as problem
from ranked
join company_role_pages as pages on pages.company = ranked.company and pages.role = ranked.role
join problems on problems.slug = ranked.problem
where ranked.rank <= 6
order by pages.company, pages.role, ranked.rank
