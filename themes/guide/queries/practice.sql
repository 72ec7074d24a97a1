-- Which problems prepare for a company's loop for a role?
select companies.slug as company, roles.slug as role, choice.rank, problems.slug as problem
from practice_choice as choice
join companies on companies.slug = choice.company
join roles on roles.slug = choice.role
join problems on problems.slug = choice.problem
order by choice.company, choice.role, choice.rank
