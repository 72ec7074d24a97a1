-- Which rounds does a company's own page show as its loop? Those of the role that the page is about; none if the loop is not known.
select steps.company, steps.number, steps.round, steps.minutes, steps.known, steps.place
from steps
join usual_roles on usual_roles.company = steps.company and usual_roles.role = steps.role
where steps.place is not null
order by steps.company, steps.number
