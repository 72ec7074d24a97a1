-- How do the common loops of a level's roles divide by kind of round? The minutes of an average one of them, in order of the kinds.
with spent as (
  select roles.level, rounds.kind, sum(role_steps.minutes) as minutes
  from role_steps
  join roles on roles.slug = role_steps.role
  join rounds on rounds.slug = role_steps.round
  group by roles.level, rounds.kind
)
select
  spent.level,
  spent.kind,
  cast(round(1.0 * spent.minutes / (select count(*) from roles where roles.level = spent.level)) as integer) as minutes,
  cast(round(100.0 * spent.minutes / sum(spent.minutes) over (partition by spent.level)) as integer) as percent,
  (select count(*) from roles where roles.level = spent.level) as roles
from spent
order by spent.level, instr('screen coding design behavioral project', spent.kind)
