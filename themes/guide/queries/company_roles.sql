-- What does a company pay for a role, over all its locations? Rounded to thousands, so that no figure is that of one offer.
with figures as (
  select
    offers.company,
    offers.role,
    count(*) as samples,
    min(offers.year) as first_year,
    max(offers.year) as last_year,
    cast(round(percentile_cont(offers.total, 0.25) / 1000.0) * 1000 as integer) as p25,
    cast(round(percentile_cont(offers.total, 0.40) / 1000.0) * 1000 as integer) as p40,
    cast(round(median(offers.total) / 1000.0) * 1000 as integer) as median,
    cast(round(percentile_cont(offers.total, 0.60) / 1000.0) * 1000 as integer) as p60,
    cast(round(percentile_cont(offers.total, 0.75) / 1000.0) * 1000 as integer) as p75,
    cast(round(percentile_cont(offers.base, 0.40) / 1000.0) * 1000 as integer) as base_p40,
    cast(round(median(offers.base) / 1000.0) * 1000 as integer) as base_median,
    cast(round(percentile_cont(offers.base, 0.60) / 1000.0) * 1000 as integer) as base_p60,
    cast(round(median(offers.equity) / 1000.0) * 1000 as integer) as equity_median,
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
  ) as locations
from figures
left join ladder on ladder.company = figures.company and ladder.role = figures.role
order by figures.company, figures.role
