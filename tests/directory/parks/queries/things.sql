-- The things: a row, and a page, for each of the parks.
select slug(name) as slug, name as title, states, established, area, features, world_heritage, website, about
from parks
order by name collate site
