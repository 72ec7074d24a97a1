-- What does the occupation that stands for a role earn in the whole country, by official statistics?
select roles.slug as role, occupations.slug as occupation, wages.jobs, wages.p25, wages.median, wages.p75
from roles
join occupations on occupations.slug = roles.occupation
join wages on wages.occupation_code = occupations.code and wages.area_code = '0000000'
where wages.median is not null
order by roles.slug
