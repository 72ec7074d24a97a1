-- What is near each thing: its neighbors, by the first figure, among those that share its rarest values. A rare value that two have in common
-- says more than a frequent one, and what half of all have says nothing. Without common values, what the figure alone puts beside it is near.
with
  placed as (select slug, row_number() over () as place from things),
  measured as (
    select placed.place, min(figures.value) as size
    from figures join placed on placed.slug = figures.thing
    where name = (select name from figures limit 1)
    group by placed.place
  ),
  shared as (
    select members.place, members.number, facets.count
    from members join facets on facets.number = members.number
    where facets.count between 2 and (select cast(count(*) / 2 as integer) from placed)
    union all
    select place, 0, (select count(*) from placed) from placed
  ),
  lined as (
    select
      shared.place,
      count,
      row_number() over (partition by shared.place order by count, number) as rarity,
      lag(shared.place, 2) over beside as b2,
      lag(shared.place, 1) over beside as b1,
      lead(shared.place, 1) over beside as a1,
      lead(shared.place, 2) over beside as a2
    from shared left join measured on measured.place = shared.place
    window beside as (partition by number order by measured.size, shared.place)
  ),
  steps(step) as (values (1), (-1), (2), (-2)),
  paired as (
    select
      place,
      case step when 1 then a1 when 2 then a2 when -1 then b1 else b2 end as other,
      1.0 / count + 0.001 / abs(step) as weight
    from lined cross join steps
    where rarity <= 3
  ),
  weighed as (
    select place, other, row_number() over (partition by place order by sum(weight) desc, other) as nth
    from paired
    where other is not null
    group by place, other
  )
select one.slug as thing, other.slug as other
from weighed join placed as one on one.place = weighed.place join placed as other on other.place = weighed.other
where nth <= 5
order by weighed.place, nth
