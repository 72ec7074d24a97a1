-- The things that have each value of each facet, in the order of things.
with placed as (select slug, row_number() over () as place from things)
select distinct facets.facet, facets.label, facets.value, facets.slug, facts.thing
from
  facts
  join facets on facets.facet = facts.facet and facets.value = facts.value
  join placed on placed.slug = facts.thing
order by facets.facet, facets.slug, placed.place
