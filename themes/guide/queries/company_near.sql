-- Which companies are worth comparing with a company? Those of which, too, the whole of a loop of their own is known, with its sources: the
-- few nearest to it.
with own as (
  select slug, row_number() over (order by name collate site, slug) as place
  from companies
  where slug in (select company from shown_steps) and not loop_in_part
),
ranked as (
  select
    one.slug as company,
    two.slug as other,
    one.place < two.place as leads,
    row_number() over (partition by one.slug order by coalesce(alike.facts, 0) desc, known.place) as rank
  from own as one
  join own as two on two.slug <> one.slug
  join known on known.company = two.slug
  left join alike on alike.company = one.slug and alike.other = two.slug
)
-- A pair has one page, on which the company stands first whose name comes first.
select
  companies.slug as subject,
  other.slug as other,
  ranked.rank,
  iif(ranked.leads, ranked.company, ranked.other) as first,
  iif(ranked.leads, ranked.other, ranked.company) as second
from ranked
join companies on companies.slug = ranked.company
join companies as other on other.slug = ranked.other
where ranked.rank <= (select few from few)
order by ranked.company, ranked.rank
