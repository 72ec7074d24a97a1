-- The values of each facet, the most frequent first; those of a facet that holds only numbers as numbers go. `slug` is what a value is called
-- in addresses, where several values of a facet can look the same.
with
  counted as (
    select facet, min(label) as label, value, count(distinct thing) as count, coalesce(nullif(slug(value), ''), 'value') as base
    from facts
    where value <> ''
    group by facet, value
  ),
  told as (
    select
      *,
      row_number() over () as number,
      row_number() over (partition by facet, base order by count desc, value) as same,
      min(value not glob '*[^0-9.]*') over (partition by facet) as numeric,
      count(*) over (partition by facet) as total
    from counted
  )
select number, facet, label, value, case same when 1 then base else base || '_' || same end as slug, count, total
from told
order by facet, case when numeric then cast(value as real) end, count desc, value collate site
