-- When was the latest news? No row if there is none, so that there is no page for it.
select max(date) as updated
from news
having count(*) > 0
