-- What parks can be chosen by: a row for each value of each park.
select 'states' as facet, 'States' as label, item.value as value, things.slug as thing
from things, json_each(things.states) as item
union all
select 'features', 'Features', item.value, things.slug
from things, json_each(things.features) as item
union all
select 'world_heritage', 'World heritage', iif(world_heritage, 'Yes', 'No'), slug
from things
where world_heritage is not null
