-- Which roles' offers may be summed up? At least five, and what the hidden ones hold together is nothing or at least five as well:
-- else the difference from the total of all offers would be a figure over fewer.
with counted as (
  select role, count(*) as samples
  from offers
  group by role
),
cumulated as (
  select *, sum(samples) over (order by samples, role) - samples as smaller
  from counted
)
select role, samples
from cumulated
where samples >= 5 and (smaller = 0 or smaller >= 5)
order by role
