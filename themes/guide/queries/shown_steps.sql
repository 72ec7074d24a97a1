-- Which rounds does a company's own page show as its loop? Those of the role that the page is about; none if the loop is not known. A guide
-- without roles has but one loop for each company.
select steps.company, steps.number, steps.round, steps.minutes, steps.known, steps.place
from steps
join usual_roles on usual_roles.company = steps.company and usual_roles.role = steps.role
where steps.place is not null
union all
select own_steps.company, own_steps.number, own_steps.round, own_steps.minutes, own_steps.known, own_steps.place
from own_steps
where not exists (select 1 from roles)
order by 1, 2
