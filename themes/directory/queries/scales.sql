-- The numbers of each column in a picture 400 wide and 40 high: how many there are in each of its parts. Where a few are far above all others,
-- they share the last part, so that the picture shows more than one bar.
with
  summed as (
    select
      name,
      count(*) as count,
      min(value) as low,
      max(value) as top,
      cast(printf('%.6g', median(value)) as real) as median,
      iif(count(*) < 400, percentile_cont(value, 0.95), percentile_cont(value, 0.98)) as far
    from figures
    group by name
  ),
  rounded as (select *, cast(printf('%.2g', far) as real) as most from summed),
  judged as (
    select *, count >= 50 and most > low and top - low > 1.8 * (most - low) as cut from rounded where top > low
  ),
  framed as (
    select
      name, count, low, median, cut,
      iif(cut, most, top) as high,
      case when count < 50 then 20 when count < 400 then 30 else 40 end as parts
    from judged
  ),
  placed as (
    select
      framed.name,
      parts,
      min(parts - 1, max(0, cast(parts * (value - low) / (high - low) as integer))) as part,
      count(*) as held
    from figures join framed on framed.name = figures.name
    group by framed.name, part
  ),
  drawn as (
    select
      name,
      group_concat(
        printf('M%.5g 40V%.3gH%.5gV40z', 400.0 * part / parts + 0.5, 40 - max(1.0, 40.0 * held / tallest), 400.0 * (part + 1) / parts - 0.5),
        ''
      ) as path
    from (select *, max(held) over (partition by name) as tallest from placed)
    group by name
  )
select framed.name, count, low, median, high, cut, path
from framed join drawn on drawn.name = framed.name
