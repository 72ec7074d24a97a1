-- What does it earn in the areas that a location lies in, and by how many percent does the median differ from the country's?
select
  locations.slug as location,
  nation_pay.role,
  wages.area,
  wages.jobs,
  wages.jobs_rse_percent as error,
  wages.p25,
  wages.median,
  wages.p75,
  cast(round(100.0 * (wages.median - nation_pay.median) / nation_pay.median) as integer) as difference
from locations, json_each(locations.areas) as area
join nation_pay
join occupations on occupations.slug = nation_pay.occupation
join wages on wages.area_code = area.value and wages.occupation_code = occupations.code
where wages.median is not null
order by location, nation_pay.role, area.key
