-- How well does a problem of a difficulty suit a level? In a screen, problems are easier than on the day; nobody above senior is given an easy one.
with suits (level, screen, difficulty, points) as (
  values
    ('junior', 0, 'easy', 3), ('junior', 0, 'medium', 2), ('junior', 1, 'easy', 3), ('junior', 1, 'medium', 1),
    ('mid', 0, 'easy', 1), ('mid', 0, 'medium', 3), ('mid', 0, 'hard', 1), ('mid', 1, 'easy', 3), ('mid', 1, 'medium', 2),
    ('senior', 0, 'medium', 2), ('senior', 0, 'hard', 3), ('senior', 1, 'easy', 3), ('senior', 1, 'medium', 2),
    ('staff', 0, 'medium', 1), ('staff', 0, 'hard', 3), ('staff', 1, 'medium', 3), ('staff', 1, 'hard', 2),
    ('principal', 0, 'medium', 1), ('principal', 0, 'hard', 3), ('principal', 1, 'medium', 1), ('principal', 1, 'hard', 3)
)
select level, screen, difficulty, points
from suits
order by level, screen, points desc, difficulty
