-- Of which companies is the most known? First those of which the whole loop is, then by its rounds, by roles and by places.
with rounds_of as (
  select company, count(*) as rounds from own_steps group by company
),
roles_of as (
  select company, count(*) as roles from company_role_pages group by company
)
select
  companies.slug as company,
  row_number() over (
    order by
      rounds_of.rounds is not null and not companies.loop_in_part desc,
      coalesce(rounds_of.rounds, 0) desc,
      coalesce(roles_of.roles, 0) desc,
      json_array_length(coalesce(companies.locations, '[]')) desc,
      companies.name collate site,
      companies.slug
  ) as place
from companies
left join rounds_of on rounds_of.company = companies.slug
left join roles_of on roles_of.company = companies.slug
order by place
