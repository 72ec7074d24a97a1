-- When was the latest news? Without any, never: there is no page for it, then.
select max(date) as updated
from news
