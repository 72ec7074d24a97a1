-- Where is each company? Spellings of one place are one place.
with places as (
  select companies.name as company, companies.locations, place.value as location, slug(place.value) as folded
  from companies, json_each(companies.locations) as place
)
select distinct company, min(location) over (partition by folded) as location
from places
where folded <> ''
order by location, fold(company)
