-- The things that have each value of each facet, those of a thing in its own order: `number` is the value's, `place` is where the thing stands
-- among all.
with placed as (select slug, row_number() over () as place from things)
select facets.facet, facets.value, facets.slug, facets.number, facts.thing, placed.place
from
  facts
  join facets on facets.facet = facts.facet and facets.value = facts.value
  join placed on placed.slug = facts.thing
group by facets.number, placed.place
order by placed.place, min(facts.rowid)
