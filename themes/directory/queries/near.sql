-- What is near each thing: neighbors by the first figure among those that share its rarest values. A rare value that two have in common
-- says more than a frequent one. Without common values, what the figure alone puts beside it is near.
with
  placed as (select slug, row_number() over () as place from things),
  total as (select count(*) as things from things),
  measured as (
    select thing, min(value) as size
    from figures
    where name = (select name from figures limit 1)
    group by thing
  ),
  shared as (
    select distinct facts.thing, facts.facet, facts.value, facets.count
    from facts join facets on facets.facet = facts.facet and facets.value = facts.value
    where facets.count > 1
    union all
    select slug, '', '', (select things from total) from placed
  ),
  ranked as (
    select *, row_number() over (partition by thing order by count, facet, value) as rarity from shared
  ),
  ordered as (
    select
      shared.thing,
      shared.facet,
      shared.value,
      lag(shared.thing, 1) over beside as b1,
      lag(shared.thing, 2) over beside as b2,
      lag(shared.thing, 3) over beside as b3,
      lead(shared.thing, 1) over beside as a1,
      lead(shared.thing, 2) over beside as a2,
      lead(shared.thing, 3) over beside as a3
    from shared join placed on placed.slug = shared.thing left join measured on measured.thing = shared.thing
    window beside as (partition by shared.facet, shared.value order by measured.size, placed.place)
  ),
  steps(step) as (values (1), (-1), (2), (-2), (3), (-3)),
  paired as (
    select
      ordered.thing,
      case step when 1 then a1 when 2 then a2 when 3 then a3 when -1 then b1 when -2 then b2 else b3 end as other,
      1.0 / ranked.count + 0.001 / abs(step) as weight
    from
      ranked
      join ordered on ordered.thing = ranked.thing and ordered.facet = ranked.facet and ordered.value = ranked.value
      cross join steps
    where ranked.rarity <= 3
  ),
  weighed as (
    select thing, other, row_number() over (partition by thing order by sum(weight) desc, other) as nth
    from paired
    where other is not null
    group by thing, other
  )
select thing, other, nth from weighed where nth <= 5 order by thing, nth
