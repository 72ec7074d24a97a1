-- Which companies have an office at a location? `place` is where it stands in the company's record.
select locations.slug as location, companies.slug as company, min(office.key) as place
from companies, json_each(companies.locations) as office
join locations on locations.slug = office.value
group by locations.slug, companies.slug
order by location, company
