-- Which problems does the loop that most interviews for a role follow ask, for whatever level? Of each kind and difficulty the six that need
-- most of what the role wants.
with needed as (
  select
    asked.role,
    asked.problem,
    avg(need.value in (select value from json_each(roles.skills))) as share
  from (select distinct role, problem from asked where company = '') as asked
  join roles on roles.slug = asked.role
  join problems on problems.slug = asked.problem, json_each(problems.skills) as need
  group by asked.role, asked.problem
),
ranked as (
  select
    needed.role,
    needed.problem,
    row_number() over (
      partition by needed.role, problems.kind, problems.difficulty
      order by needed.share desc, problems.slug
    ) as rank
  from needed
  join problems on problems.slug = needed.problem
)
select roles.slug as role, ranked.rank, problems.slug as problem
from ranked
join roles on roles.slug = ranked.role
join problems on problems.slug = ranked.problem
where ranked.rank <= 6
order by ranked.role, ranked.rank, problems.kind, problems.slug
