-- Which of the problems that a loop asks suit its level, and how well? One that only a screen asks is judged as one for a screen.
select judged.company, judged.role, judged.problem, roles.level, suits.points
from (
  select company, role, problem, min(screen) as screen
  from asked
  group by company, role, problem
) as judged
join roles on roles.slug = judged.role
join problems on problems.slug = judged.problem
join suits on suits.level = roles.level and suits.screen = judged.screen and suits.difficulty = problems.difficulty
order by judged.company, judged.role, judged.problem
