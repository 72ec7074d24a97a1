-- Which problems prepare for the loop that most interviews for a role follow?
select roles.slug as role, choice.rank, problems.slug as problem
from practice_choice as choice
join roles on roles.slug = choice.role
join problems on problems.slug = choice.problem
where choice.company = ''
order by choice.role, choice.rank
