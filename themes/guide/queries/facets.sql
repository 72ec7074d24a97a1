-- What may a reader choose of long lists that says more than a page should hold? Of each list its items, numbered, and the values of its
-- facets with the numbers of the items that have them. Of some facets, the items on the page say all.
with numbered as (
  select 'problems' as list, slug, row_number() over (order by slug) - 1 as number from problems
  union all
  select 'companies', slug, row_number() over (order by slug) - 1 from companies
)
select list, '' as facet, slug as value, '' as title, cast(number as text) as items
from numbered
union all
select list, facet, value, title, group_concat(number)
from (
  select answers.list, facet, value, title, number
  from answers
  join numbered on numbered.list = answers.list and numbered.slug = answers.slug
  where answers.list || ' ' || facet not in ('problems skill', 'problems round', 'companies loop', 'companies take-home')
  order by answers.list, facet, value, number
)
group by list, facet, value, title
order by list, facet, title collate site, value
