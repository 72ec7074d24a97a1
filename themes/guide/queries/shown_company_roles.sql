-- Of which roles that are shown may a company's offers be summed up? The floor is that of shown_roles, within each role.
with counted as (
  select offers.company, offers.role, count(*) as samples
  from shown_roles
  join offers on offers.role = shown_roles.role
  group by offers.company, offers.role
),
cumulated as (
  select *, sum(samples) over (partition by role order by samples, company) - samples as smaller
  from counted
)
select company, role, samples
from cumulated
where samples >= 5 and (smaller = 0 or smaller >= 5)
order by company, role
