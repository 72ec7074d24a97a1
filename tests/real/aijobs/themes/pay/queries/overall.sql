-- What do all of them pay, and all data engineers?
select 'all' as slice, count(*) as n, percentile_cont(pay, 0.25) as p25, median(pay) as median, percentile_cont(pay, 0.75) as p75 from offers
union all
select 'data-engineer', count(*), percentile_cont(pay, 0.25), median(pay), percentile_cont(pay, 0.75) from offers where role = 'Data Engineer'
