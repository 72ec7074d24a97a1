-- The tree of pages: what is in each folder or, if a list says the order, below each page of it. Folders without a document of their own
-- lead to the first in them. Long folders come in chunks, so that no page shows all of them.
with recursive
  placed(slug, folder, place, above, part) as (
    select slug, rtrim(rtrim(slug, replace(slug, '/', '')), '/'), rowid, listed_below, listed_part from docs
  ),
  listed(holds) as (select count(listed_at) > 0 from docs),
  folders(folder, place) as (
    select folder, place from placed where folder <> '' and not (select holds from listed)
    union
    select rtrim(rtrim(folder, replace(folder, '/', '')), '/'), place from folders where instr(folder, '/')
  ),
  bare(slug, place) as (
    select folder, min(place) from folders where folder not in (select slug from placed) group by folder
  ),
  entries(slug, folder, place, own, part) as (
    select slug, coalesce(above, ''), place, 1, iif(above is null, part, null) from placed where (select holds from listed)
    union all
    select slug, folder, place, 1, null from placed where slug <> 'index' and not (select holds from listed)
    union all
    select slug, rtrim(rtrim(slug, replace(slug, '/', '')), '/'), place - 0.5, 0, null from bare
  ),
  numbered as (
    select *, row_number() over within - 1 as nth, count(*) over (partition by folder) as total, count(*) over () as pages
    from entries
    window within as (partition by folder order by place)
  ),
  cut as (select *, iif(total > 60, cast(nth / 40 as integer), 0) as chunk from numbered)
select
  docs.slug as doc,
  replace(coalesce(docs.label, docs.title), '`', '') as label,
  cut.slug as path,
  own,
  folder,
  substr(cut.slug, length(rtrim(cut.slug, replace(cut.slug, '/', ''))) + 1) as name,
  cut.slug in (select folder from entries) as holds,
  total,
  pages,
  chunk,
  cut.part,
  row_number() over (partition by folder, chunk order by cut.place) = 1
    or lag(cut.part) over (partition by folder, chunk order by cut.place) is not cut.part as begins
from cut join docs on docs.rowid = cast(cut.place + 0.5 as integer)
order by cut.place
