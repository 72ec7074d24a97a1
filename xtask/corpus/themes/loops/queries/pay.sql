-- What do offers of a company for a role at a location come to?
select
  company,
  role,
  location,
  count(*) as samples,
  min(year) as first_year,
  max(year) as last_year,
  percentile_cont(total, 0.25) as p25,
  median(total) as median,
  percentile_cont(total, 0.75) as p75,
  median(base) as base
from offers
group by company, role, location
