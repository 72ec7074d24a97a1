-- What do companies call a level? Those of which the most is known, of `total`.
with ranked as (
  select
    level_names.company,
    level_names.level,
    level_names.names,
    row_number() over (partition by level_names.level order by known.place) as rank,
    count(*) over (partition by level_names.level) as total
  from level_names
  join known on known.company = level_names.company
)
select ranked.level, ranked.company, ranked.names, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
order by ranked.level, ranked.rank
