-- Which companies does a page name that is about a value of a facet: a round, a role, a place? Those of which the most is known, of `total`
-- that the finder shows.
with ranked as (
  select
    answers.facet,
    answers.value,
    known.company,
    row_number() over (partition by answers.facet, answers.value order by known.place) as rank,
    count(*) over (partition by answers.facet, answers.value) as total
  from answers
  join known on known.company = answers.slug
  where answers.list = 'companies'
)
select ranked.facet, ranked.value, companies.slug as company, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join companies on companies.slug = ranked.company
order by ranked.facet, ranked.value, ranked.rank
