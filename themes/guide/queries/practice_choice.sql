-- Which problems prepare for a loop? Of a company for a role, or, where the company is '', of the role at large. Those that are asked in one
-- of its rounds and suit the level, best ones first: by what the company's data is about, then by the skills that the role and those
-- rounds want, then by the level. The best of each kind come first, then the second best: eight, and what
-- would be shown nowhere else.
with pairs as (
  select distinct fitting.company, fitting.role, companies.domains
  from fitting
  left join companies on companies.slug = fitting.company
),
-- How near a problem is to what the company's data is about: both name their domains, the most important first.
about as materialized (
  select pairs.company, pairs.role, problems.slug as problem, max(2 + (mine.key = 0) + (theirs.key = 0)) as points
  from pairs, json_each(pairs.domains) as mine, problems, json_each(problems.domains) as theirs
  where theirs.value = mine.value
  group by pairs.company, pairs.role, problems.slug
),
-- The skills that count in the rounds which ask a problem.
sought as materialized (
  select distinct asked.company, asked.role, asked.problem, skill.value as skill
  from asked
  join rounds on rounds.slug = asked.round, json_each(rounds.skills) as skill
),
-- Of ten skills that a problem needs, how many the role wants, and how many the rounds that ask it.
wanted as materialized (
  select
    fitting.company,
    fitting.role,
    fitting.problem,
    cast(10 * sum(exists (select 1 from json_each(roles.skills) as mine where mine.value = need.value)) / count(*) as integer) as of_role,
    cast(10 * count(sought.skill) / count(*) as integer) as of_rounds
  from fitting
  join roles on roles.slug = fitting.role
  join problems on problems.slug = fitting.problem
  join json_each(problems.skills) as need
  left join sought
    on sought.company = fitting.company and sought.role = fitting.role and sought.problem = fitting.problem and sought.skill = need.value
  group by fitting.company, fitting.role, fitting.problem
),
-- A problem about nothing in particular comes before one about something else.
scored as materialized (
  select
    fitting.company,
    fitting.role,
    fitting.problem,
    problems.kind,
    15 * coalesce(about.points, coalesce(json_array_length(problems.domains), 0) = 0) + 2 * wanted.of_role + wanted.of_rounds + 5 * fitting.points as score
  from fitting
  join problems on problems.slug = fitting.problem
  join wanted on wanted.company = fitting.company and wanted.role = fitting.role and wanted.problem = fitting.problem
  left join about on about.company = fitting.company and about.role = fitting.role and about.problem = fitting.problem
),
by_kind as (
  select
    company,
    role,
    problem,
    instr('sql python modeling design', kind) as kind,
    row_number() over (
      partition by company, role, kind
      -- Of equals, not every company has the same one: which it is depends on the names alone, so that it stays.
      order by
        score desc,
        (unicode(substr(company || '-', 2)) * 5 + length(role) * 3 + unicode(substr(problem, 3)) * 7 + length(problem)) % 13,
        problem
    ) as turn
  from scored
),
ranked as (
  select company, role, problem, row_number() over (partition by company, role order by turn, kind) as rank
  from by_kind
  where turn <= 4
),
-- What nobody would have among the first eight is a ninth where it fits best.
left_over as (
  select company, role, problem, row_number() over (partition by problem order by score desc, company, role) as place
  from scored
  where company <> '' and problem not in (select problem from ranked where rank <= 8)
)
select company, role, rank, problem
from ranked
where rank <= 8
union all
select company, role, 8 + row_number() over (partition by company, role order by problem), problem
from left_over
where place = 1
order by company, role, rank
