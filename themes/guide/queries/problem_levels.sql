-- Which levels does a problem suit, in the loops that are common for roles?
select distinct fitting.problem, levels.slug as level
from fitting
join levels on levels.slug = fitting.level
where fitting.company = ''
order by fitting.problem, levels."order"
