-- Which rounds do most interviews for a role have, in order?
select roles.slug as role, step.key + 1 as number, rounds.slug as round, rounds.minutes
from roles, json_each(roles.loop) as step
join rounds on rounds.slug = step.value
order by role, number
