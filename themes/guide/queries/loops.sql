-- Of which companies, roles and locations is there something to say? Of the roles that there is at a company where it has an office.
select
  pages.company,
  pages.role,
  offices.location,
  pages.level,
  pages.level_mark,
  pages.own,
  pages.part,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(pages.updated, ''), coalesce(locations.updated, '')), '') as updated
from company_role_pages as pages
join offices on offices.company = pages.company
join locations on locations.slug = offices.location
order by pages.company, pages.role, offices.location
