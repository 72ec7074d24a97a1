-- What salaries can be ranked by: a row for each number of each salary.
select 'usd' as name, usd as value, slug as thing from things where usd is not null
