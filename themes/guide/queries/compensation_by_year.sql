-- How has the median total developed in each slice that is shown? Years are shown by the floor of shown_company_roles, within each slice. No
-- other question goes by year: figures by year of two overlapping groups could be subtracted from each other.
with counted as (
  select
    offers.company,
    offers.role,
    offers.location,
    offers.year,
    count(*) as samples,
    cast(round(median(offers.total) / 1000.0) * 1000 as integer) as median
  from shown_slices as shown
  join offers
    on offers.company = shown.company and offers.role = shown.role and offers.location = shown.location
  group by offers.company, offers.role, offers.location, offers.year
),
cumulated as (
  select *, sum(samples) over (partition by company, role, location order by samples, year) - samples as smaller
  from counted
)
select company, role, location, year, samples, median
from cumulated
where samples >= 11 and (smaller = 0 or smaller >= 11)
order by company, role, location, year
