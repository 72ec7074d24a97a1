-- Which role is a company's own page about? Of those on its ladder the first that is usual, else the first; without a ladder the first that
-- is usual.
select company, role
from (
  select
    companies.slug as company,
    roles.slug as role,
    row_number() over (
      partition by companies.slug
      order by ladder.company is null, roles.usual desc, roles."order", roles.slug
    ) as place
  from companies, roles
  left join ladder on ladder.company = companies.slug and ladder.role = roles.slug
)
where place = 1
order by company
