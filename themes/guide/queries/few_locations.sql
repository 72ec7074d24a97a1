-- Which other places does the page of a place name?
select location_near.subject, location_near.other, location_near.rank, location_near.total
from location_near
join few on location_near.total <= few.whole or location_near.rank <= few.few
order by location_near.subject, location_near.rank
