-- At which locations may the offers of a company and role that are shown be summed up? The floor is that of shown_company_roles, within each
-- company and role.
with counted as (
  select offers.company, offers.role, offers.location, count(*) as samples
  from shown_company_roles as shown
  join offers on offers.company = shown.company and offers.role = shown.role
  group by offers.company, offers.role, offers.location
),
cumulated as (
  select *, sum(samples) over (partition by company, role order by samples, location) - samples as smaller
  from counted
)
select company, role, location, samples
from cumulated
where samples >= 11 and (smaller = 0 or smaller >= 11)
order by company, role, location
