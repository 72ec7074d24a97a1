-- What does each occupation earn in each area of official statistics?
select occupations.slug as occupation, wages.area, wages.jobs, wages.p25, wages.median, wages.p75
from occupations
join wages on wages.occupation_code = occupations.code and wages.area_code <> '0000000'
where wages.p25 is not null and wages.median is not null and wages.p75 is not null
order by occupation, wages.median desc, wages.area
