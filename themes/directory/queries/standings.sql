-- Where each number stands among all of its column: how many are above and below it, and where it is in the picture of scales.sql.
select
  figures.thing,
  figures.name,
  figures.value,
  rank() over up - 1 as below,
  rank() over down - 1 as above,
  min(400, round(400.0 * (figures.value - scales.low) / (scales.high - scales.low), 1)) as x
from figures join scales on scales.name = figures.name
window
  up as (partition by figures.name order by figures.value),
  down as (partition by figures.name order by figures.value desc)
