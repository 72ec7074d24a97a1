-- What parks can be ranked by: a row for each number of each park.
select 'area' as name, area as value, slug as thing from things where area is not null
