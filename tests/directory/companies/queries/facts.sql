-- What companies can be chosen by: a row for each value of each company.
select 'locations' as facet, 'Locations' as label, item.value as value, things.slug as thing
from things, json_each(things.locations) as item
union all
select 'section', 'Section', section, slug
from things
where section is not null
