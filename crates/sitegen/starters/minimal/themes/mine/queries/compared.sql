-- How many times as large and as far from the Sun as Earth is each planet?
select
  planets.slug as planet,
  planets.radius / earth.radius as size,
  planets.distance / earth.distance as distance
from planets, planets as earth
where earth.slug = 'earth'
order by planets.distance
