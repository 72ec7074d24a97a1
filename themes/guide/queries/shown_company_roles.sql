-- Of which companies and roles may offers be summed up? At least eleven, and what the hidden ones of a role hold together is nothing or at
-- least eleven as well: else the difference from the total of all offers would be a figure over fewer.
with counted as (
  select company, role, count(*) as samples
  from offers
  group by company, role
),
cumulated as (
  select *, sum(samples) over (partition by role order by samples, company) - samples as smaller
  from counted
)
select company, role, samples
from cumulated
where samples >= 11 and (smaller = 0 or smaller >= 11)
order by company, role
