-- How near are two companies to each other? As near as they have kinds of data, technologies, places and rounds of their own loops in common.
with facts as materialized (
  select companies.slug as company, 'domain' as kind, domain.value from companies, json_each(companies.domains) as domain
  union
  select companies.slug, 'technology', technology.value from companies, json_each(companies.technologies) as technology
  union
  select companies.slug, 'location', office.value from companies, json_each(companies.locations) as office
  union
  select company, 'round', round from own_steps
)
select here.company, there.company as other, count(*) as facts
from facts as here
join facts as there on there.kind = here.kind and there.value = here.value and there.company <> here.company
group by here.company, there.company
order by here.company, facts desc, other
