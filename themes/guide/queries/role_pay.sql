-- What does a role pay, over all companies?
select
  offers.role,
  count(*) as samples,
  min(offers.year) as first_year,
  max(offers.year) as last_year,
  cast(round(percentile_cont(offers.total, 0.25)) as integer) as p25,
  cast(round(percentile_cont(offers.total, 0.40)) as integer) as p40,
  cast(round(median(offers.total)) as integer) as median,
  cast(round(percentile_cont(offers.total, 0.60)) as integer) as p60,
  cast(round(percentile_cont(offers.total, 0.75)) as integer) as p75,
  cast(round(percentile_cont(offers.base, 0.40)) as integer) as base_p40,
  cast(round(median(offers.base)) as integer) as base_median,
  cast(round(percentile_cont(offers.base, 0.60)) as integer) as base_p60,
  cast(round(median(offers.equity)) as integer) as equity_median,
  cast(round(percentile_cont(offers.experience, 0.10)) as integer) as experience_low,
  cast(round(median(offers.experience)) as integer) as experience_median,
  cast(round(percentile_cont(offers.experience, 0.90)) as integer) as experience_high,
  (select count(*) from shown_company_roles where shown_company_roles.role = offers.role) as companies
from shown_roles
join offers on offers.role = shown_roles.role
group by offers.role
order by offers.role
