-- Of which companies, roles and locations is there something to say? Of the roles that there is at a company where it has an office, in the
-- order of its record.
-- `paid` is whether a figure of pay from a named source stands there, for the place or its country; offers, which may be a sample, do not count.
select
  pages.company,
  pages.role,
  offices.location,
  pages.level,
  pages.level_mark,
  pages.own,
  pages.part,
  exists (select 1 from area_pay where area_pay.location = offices.location and area_pay.role = pages.role)
  or exists (select 1 from survey_pay where survey_pay.country = locations.country_code and survey_pay.role = pages.role) as paid,
  -- A page changes with any of the records that it is made from.
  nullif(max(coalesce(pages.updated, ''), coalesce(locations.updated, '')), '') as updated
from company_role_pages as pages
join offices on offices.company = pages.company
join locations on locations.slug = offices.location
order by pages.company, pages.role, offices.place, offices.location
