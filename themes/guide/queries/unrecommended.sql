-- Which problems does no page choose for its readers? There should be none.
select slug as problem, kind, difficulty
from problems
where slug not in (select problem from practice_choice)
order by slug
