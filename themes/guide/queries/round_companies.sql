-- Which companies are known to have a round?
select distinct round, company
from steps
where place is not null
order by round, company
