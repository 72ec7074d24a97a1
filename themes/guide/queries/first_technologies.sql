-- Which technologies does the home page name? Those that most companies use; all, if they are few.
with ranked as (
  select
    technologies.slug as technology,
    row_number() over (order by count(answers.slug) desc, technologies.name collate site, technologies.slug) as rank,
    count(*) over () as total
  from technologies
  left join answers on answers.list = 'companies' and answers.facet = 'technology' and answers.value = technologies.slug
  group by technologies.slug
)
select technologies.slug as technology, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join technologies on technologies.slug = ranked.technology
order by ranked.rank
