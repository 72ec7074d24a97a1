-- Which companies have an office at a location?
select locations.slug as location, companies.slug as company
from companies, json_each(companies.locations) as office
join locations on locations.slug = office.value
order by location, company
