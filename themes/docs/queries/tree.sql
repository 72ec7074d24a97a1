-- What is in each folder, in order: documents, and folders without a document of their own, which lead to the first in them. Long folders
-- come in parts, so that no page shows all of them.
with recursive
  placed(slug, place) as (select slug, rowid from docs),
  above(folder, place) as (
    select rtrim(rtrim(slug, replace(slug, '/', '')), '/'), place from placed where instr(slug, '/')
    union
    select rtrim(rtrim(folder, replace(folder, '/', '')), '/'), place from above where instr(folder, '/')
  ),
  bare(slug, place) as (
    select folder, min(place) from above where folder not in (select slug from placed) group by folder
  ),
  entries(slug, place, own) as (
    select slug, place, 1 from placed where slug <> 'index'
    union all
    select slug, place - 0.5, 0 from bare
  ),
  numbered as (
    select
      *,
      rtrim(rtrim(slug, replace(slug, '/', '')), '/') as folder,
      row_number() over within - 1 as nth,
      count(*) over (partition by rtrim(rtrim(slug, replace(slug, '/', '')), '/')) as total
    from entries
    window within as (partition by rtrim(rtrim(slug, replace(slug, '/', '')), '/') order by place)
  )
select
  docs.slug as doc,
  numbered.slug as path,
  own,
  folder,
  substr(numbered.slug, length(rtrim(numbered.slug, replace(numbered.slug, '/', ''))) + 1) as name,
  numbered.slug in (select folder from above) as holds,
  total,
  case when total > 60 then nth / 40 else 0 end as part
from numbered join docs on docs.rowid = cast(place + 0.5 as integer)
order by place
