-- Which comparisons of companies does the page of all name, under which of the two? All under both, if the companies are few; else under
-- those of which the most is known the nearest of each.
with shown as (
  select company, total <= (select whole from few) as all_of_them
  from few_companies
  where facet = 'loop' and value = 'own'
),
sides as (
  select one as company, other as with_whom, one as first, other as second
  from company_pairs
  union all
  select other, one, one, other
  from company_pairs
)
select companies.slug as subject, other.slug as other, sides.first as one, sides.second
from sides
join shown on shown.company = sides.company
join companies on companies.slug = sides.company
join companies as other on other.slug = sides.with_whom
where shown.all_of_them or exists (select 1 from company_near where subject = sides.company and company_near.other = sides.with_whom)
order by companies.name collate site, companies.slug, other.name collate site, other.slug
