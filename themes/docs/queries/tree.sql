-- What is in each folder, in order: documents, and folders without a document of their own, which lead to the first in them.
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
  )
select
  docs.slug as doc,
  entries.slug as path,
  entries.own as own,
  rtrim(rtrim(entries.slug, replace(entries.slug, '/', '')), '/') as folder,
  substr(entries.slug, length(rtrim(entries.slug, replace(entries.slug, '/', ''))) + 1) as name,
  exists (select 1 from above where above.folder = entries.slug) as holds
from entries join docs on docs.rowid = cast(entries.place + 0.5 as integer)
order by entries.place
