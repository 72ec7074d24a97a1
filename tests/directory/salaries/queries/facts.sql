-- What salaries can be chosen by: a row for each value of each salary.
select 'year' as facet, 'Work year' as label, year as value, slug as thing from things where year is not null
union all
select 'level', 'Experience level', level, slug from things where level is not null
union all
select 'employment', 'Employment type', employment, slug from things where employment is not null
union all
select 'job', 'Job title', job, slug from things where job is not null
union all
select 'currency', 'Salary currency', currency, slug from things where currency is not null
union all
select 'residence', 'Employee residence', residence, slug from things where residence is not null
union all
select 'remote', 'Remote ratio', remote || '%', slug from things where remote is not null
union all
select 'country', 'Company location', country, slug from things where country is not null
union all
select 'size', 'Company size', size, slug from things where size is not null
