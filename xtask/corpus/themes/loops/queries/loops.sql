-- Of which companies, roles and locations are there pages? Of all, up to as many as the site is to have.
select
  companies.slug as company,
  roles.slug as role,
  locations.slug as location,
  coalesce(pay.samples, 0) as samples
from companies, roles, locations
left join pay
  on pay.company = companies.slug and pay.role = roles.slug and pay.location = locations.slug
order by companies.slug, roles.slug, locations.slug
limit (select pages from size)
