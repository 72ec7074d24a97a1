-- Which names stand on ladders of several companies, for levels that are not the same? Those that most companies have, each with companies that
-- have it for each of the levels.
with names as (
  select called, row_number() over (order by count(distinct company) desc, called collate site) as place, count(*) over () as total
  from rungs
  group by called
  having count(distinct company) > 1 and count(distinct level) > 1
),
turns as (
  select
    rungs.called,
    rungs.company,
    rungs.level,
    rungs.mark,
    row_number() over (partition by rungs.called, rungs.level order by known.place, rungs.mark) as turn,
    count(*) over (partition by rungs.called) as total
  from names
  join few on names.total <= few.whole or names.place <= few.few
  join rungs on rungs.called = names.called
  join known on known.company = rungs.company
),
ranked as (
  select *, row_number() over (partition by called order by turn, level) as rank
  from turns
)
select ranked.called, companies.slug as company, levels.slug as level, ranked.mark
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join levels on levels.slug = ranked.level
join companies on companies.slug = ranked.company
order by ranked.called collate site, levels."order", companies.name collate site, companies.slug
