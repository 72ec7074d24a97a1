-- What does each role pay, by level and country?
select
  role, level, country,
  count(*) as n,
  percentile_cont(pay, 0.25) as p25,
  median(pay) as median,
  percentile_cont(pay, 0.75) as p75
from offers
group by role, level, country
order by role, level, country
