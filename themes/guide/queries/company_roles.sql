-- What does a company pay for a role, over all its locations, and how does that compare with the role at all companies?
with figures as (
  select
    offers.company,
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
    cast(round(percentile_cont(offers.experience, 0.90)) as integer) as experience_high
  from shown_company_roles as shown
  join offers on offers.company = shown.company and offers.role = shown.role
  group by offers.company, offers.role
)
select
  figures.*,
  ladder.level,
  (
    select count(*)
    from shown_slices
    where shown_slices.company = figures.company and shown_slices.role = figures.role
  ) as locations,
  role_pay.median as role_median,
  cast(round(100.0 * (figures.median - role_pay.median) / role_pay.median) as integer) as difference
from figures
join role_pay on role_pay.role = figures.role
left join ladder on ladder.company = figures.company and ladder.role = figures.role
order by figures.company, figures.role
