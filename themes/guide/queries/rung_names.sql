-- Which names stand on ladders of several companies, for levels that are not the same? Each with every company that has it.
select rungs.called, rungs.company, rungs.level, rungs.mark
from rungs
join levels on levels.slug = rungs.level
join companies on companies.slug = rungs.company
where rungs.called in (select called from rungs group by called having count(distinct company) > 1 and count(distinct level) > 1)
order by rungs.called collate site, levels."order", companies.name collate site, rungs.company
