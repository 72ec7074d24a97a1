-- Which companies does the home page name where they are many? Those of which the most is known.
select companies.slug as company
from known
join companies on companies.slug = known.company
where known.place <= (select few from few)
order by known.place
