-- What answers each value of a facet of a finder? Items of its list, by their slugs. A value without a title is a word of the theme's. `place`
-- orders what is about a value: of problems, first those that need most of a technology's skills, or name a skill or a round first.
-- A company might ask what a round of its loop asks, or of the common loop where its own is not known.
select 'problems' as list, 'company' as facet, companies.slug as value, companies.title, fitting.problem as slug, 0 as place
from fitting
join companies on companies.slug = fitting.company
union
-- A problem has to do with a technology if both name a skill.
select 'problems', 'technology', technologies.slug, technologies.title, problems.slug, -count(*)
from technologies, json_each(technologies.skills) as known, problems, json_each(problems.skills) as needed
where needed.value = known.value
group by technologies.slug, problems.slug
union
select 'problems', 'skill', skills.slug, skills.title, problems.slug, needed.key
from problems, json_each(problems.skills) as needed
join skills on skills.slug = needed.value
union
select 'problems', 'round', rounds.slug, rounds.title, problems.slug, asks.key
from problems, json_each(problems.rounds) as asks
join rounds on rounds.slug = asks.value
union
select 'companies', 'loop', 'own', '', companies.slug, 0
from companies
where json_array_length(coalesce(companies.loop, '[]')) > 0 and not companies.loop_in_part
union
-- A take-home exercise is known of from a text about it, or is a round of the loop.
select 'companies', 'take-home', 'recorded', '', companies.slug, 0
from companies
where companies.take_home is not null
  or exists (select 1 from own_steps where own_steps.company = companies.slug and own_steps.round = 'take-home')
union
select 'companies', 'kind', rounds.kind, '', own_steps.company, 0
from own_steps
join rounds on rounds.slug = own_steps.round
union
select 'companies', 'round', rounds.slug, rounds.title, own_steps.company, 0
from own_steps
join rounds on rounds.slug = own_steps.round
union
select 'companies', 'role', roles.slug, roles.title, company_role_pages.company, 0
from company_role_pages
join roles on roles.slug = company_role_pages.role
union
select 'companies', 'location', locations.slug, locations.title, offices.company, 0
from offices
join locations on locations.slug = offices.location
union
select 'companies', 'technology', technologies.slug, technologies.title, companies.slug, 0
from companies, json_each(companies.technologies) as used
join technologies on technologies.slug = used.value
union
select 'companies', 'principle', principles.slug, principles.title, companies.slug, 0
from companies, json_each(companies.principles) as held
join principles on principles.slug = held.value
union
select 'companies', 'domain', domain.value, '', companies.slug, 0
from companies, json_each(companies.domains) as domain
