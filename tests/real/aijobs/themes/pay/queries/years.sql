-- How did the median of a slice change from year to year?
select role, level, country, year, count(*) as n, median(pay) as median
from offers
group by role, level, country, year
order by year
