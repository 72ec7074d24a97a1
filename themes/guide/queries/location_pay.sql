-- What does a role pay at a location? Over the offers of the slices that are shown, so that no difference can tell of a hidden one.
with figures as (
  select
    offers.role,
    offers.location,
    count(*) as samples,
    count(distinct offers.company) as companies,
    min(offers.year) as first_year,
    max(offers.year) as last_year,
    cast(round(percentile_cont(offers.total, 0.25)) as integer) as p25,
    cast(round(median(offers.total)) as integer) as median,
    cast(round(percentile_cont(offers.total, 0.75)) as integer) as p75
  from shown_slices as shown
  join offers
    on offers.company = shown.company and offers.role = shown.role and offers.location = shown.location
  group by offers.role, offers.location
)
select
  figures.*,
  role_pay.median as role_median,
  cast(round(100.0 * (figures.median - role_pay.median) / role_pay.median) as integer) as difference
from figures
join role_pay on role_pay.role = figures.role
order by figures.role, figures.location
