-- Which of the problems that a loop asks suit its level, and how well? In a screen, problems are easier than on the day, and one that only a
-- screen asks is judged as one for a screen; nobody above senior is given an easy one.
with suits (level, screen, difficulty, points) as (
  values
    ('junior', 0, 'easy', 3), ('junior', 0, 'medium', 2), ('junior', 1, 'easy', 3), ('junior', 1, 'medium', 1),
    ('mid', 0, 'easy', 1), ('mid', 0, 'medium', 3), ('mid', 0, 'hard', 1), ('mid', 1, 'easy', 3), ('mid', 1, 'medium', 2),
    ('senior', 0, 'medium', 2), ('senior', 0, 'hard', 3), ('senior', 1, 'easy', 3), ('senior', 1, 'medium', 2),
    ('staff', 0, 'medium', 1), ('staff', 0, 'hard', 3), ('staff', 1, 'medium', 3), ('staff', 1, 'hard', 2),
    ('principal', 0, 'medium', 1), ('principal', 0, 'hard', 3), ('principal', 1, 'medium', 1), ('principal', 1, 'hard', 3)
)
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
