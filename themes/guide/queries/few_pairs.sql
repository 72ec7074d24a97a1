-- Which comparisons of companies does the page of all name, under which of the two? All under the first, if the companies are few; else under
-- those of which the most is known the nearest of each.
with shown as (
  select company, total <= (select whole from few) as all_of_them
  from few_companies
  where facet = 'loop' and value = 'own'
)
select companies.slug as subject, other.slug as other, pairs.one, pairs.other as second
from company_pairs as pairs
join shown on shown.all_of_them and shown.company = pairs.one
join companies on companies.slug = pairs.one
join companies as other on other.slug = pairs.other
union all
select companies.slug, other.slug, pairs.one, pairs.other
from company_near as near
join shown on not shown.all_of_them and shown.company = near.subject
join company_pairs as pairs on pairs.one = near.first and pairs.other = near.second
join companies on companies.slug = near.subject
join companies as other on other.slug = near.other
