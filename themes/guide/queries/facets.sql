-- What may a reader choose of long lists that says more than a page should hold? Of each list its items, numbered, and the values of its
-- facets with the numbers of the items that have them. A value without a title is a word of the theme's.
with numbered as (
  select 'problems' as list, slug, row_number() over (order by slug) - 1 as number from problems
  union all
  select 'companies', slug, row_number() over (order by slug) - 1 from companies
),
answers (list, facet, value, title, slug) as (
  -- A company might ask what a round of its loop asks, or of the common loop where its own is not known.
  select 'problems', 'company', companies.slug, companies.title, fitting.problem
  from fitting
  join companies on companies.slug = fitting.company
  union
  -- A problem has to do with a technology if both name a skill.
  select 'problems', 'technology', technologies.slug, technologies.title, problems.slug
  from technologies, json_each(technologies.skills) as known, problems, json_each(problems.skills) as needed
  where needed.value = known.value
  union
  select 'companies', 'kind', rounds.kind, '', own_steps.company
  from own_steps
  join rounds on rounds.slug = own_steps.round
  union
  select 'companies', 'round', rounds.slug, rounds.title, own_steps.company
  from own_steps
  join rounds on rounds.slug = own_steps.round
  union
  select 'companies', 'role', roles.slug, roles.title, company_role_pages.company
  from company_role_pages
  join roles on roles.slug = company_role_pages.role
  union
  select 'companies', 'location', locations.slug, locations.title, offices.company
  from offices
  join locations on locations.slug = offices.location
  union
  select 'companies', 'technology', technologies.slug, technologies.title, companies.slug
  from companies, json_each(companies.technologies) as used
  join technologies on technologies.slug = used.value
  union
  select 'companies', 'principle', principles.slug, principles.title, companies.slug
  from companies, json_each(companies.principles) as held
  join principles on principles.slug = held.value
  union
  select 'companies', 'domain', domain.value, '', companies.slug
  from companies, json_each(companies.domains) as domain
)
select list, '' as facet, slug as value, '' as title, cast(number as text) as items
from numbered
union all
select list, facet, value, title, group_concat(number)
from (
  select answers.list, facet, value, title, number
  from answers
  join numbered on numbered.list = answers.list and numbered.slug = answers.slug
  order by answers.list, facet, value, number
)
group by list, facet, value, title
order by list, facet, title collate site, value
