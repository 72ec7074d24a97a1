-- The things on the pages of each value, in the order of things. Of very many, nobody reads all: the first thousand stand for them.
with numbered as (select *, row_number() over (partition by number order by place) as nth from members)
select numbered.facet, facets.label, numbered.value, numbered.slug, numbered.thing, facets.count
from numbered join facets on facets.number = numbered.number
where nth <= 1000
order by numbered.number, nth
