-- The things: a row, and a page, for each of the companies. Where names look the same in addresses, a number tells them apart.
with
  named as (
    select *, company as title, coalesce(nullif(slug(company), ''), 'company') as base from companies
  ),
  numbered as (
    select *, row_number() over (partition by base order by title) as same from named
  )
select base || iif(same > 1, '_' || same, '') as slug, title, careers, locations, process, section
from numbered
order by title collate site
