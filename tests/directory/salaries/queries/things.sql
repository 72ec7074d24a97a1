-- The things: a row, and a page, for each of the salaries. Where titles look the same in addresses, a number tells them apart.
with
  named as (
    select *, job || ', ' || country || ', ' || year as title from salaries
  ),
  based as (
    select *, coalesce(nullif(slug(title), ''), 'salary') as base from named
  ),
  numbered as (
    select *, row_number() over (partition by base) as same from based
  )
select
  base || iif(same > 1, '_' || same, '') as slug, title,
  year, level, employment, job, salary, currency, usd, residence, remote, country, size
from numbered
order by title collate site, usd desc
