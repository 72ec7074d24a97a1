-- Which companies are worth comparing with a company? Those of which, too, the whole of a loop of their own is known, with its sources: the
-- eight that have the most kinds of data, technologies and places in common with it.
with own as (
  select slug, row_number() over (order by name collate site, slug) as place
  from companies
  where json_array_length(coalesce(loop, '[]')) > 0 and not loop_in_part
),
facts as (
  select companies.slug as company, 'domain' as kind, domain.value from companies, json_each(companies.domains) as domain
  union
  select companies.slug, 'technology', technology.value from companies, json_each(companies.technologies) as technology
  union
  select companies.slug, 'location', office.value from companies, json_each(companies.locations) as office
),
shared as (
  select here.company, there.company as other, count(*) as facts
  from facts as here
  join own as one on one.slug = here.company
  join facts as there on there.kind = here.kind and there.value = here.value and there.company <> here.company
  join own as two on two.slug = there.company
  group by here.company, there.company
),
ranked as (
  select
    one.slug as company,
    two.slug as other,
    one.place < two.place as leads,
    row_number() over (partition by one.slug order by coalesce(shared.facts, 0) desc, two.place) as rank
  from own as one
  join own as two on two.slug <> one.slug
  left join shared on shared.company = one.slug and shared.other = two.slug
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
where ranked.rank <= 8
order by ranked.company, ranked.rank
