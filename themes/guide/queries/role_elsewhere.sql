-- Which other companies have a role that a company has? Those whose own loop for it is known, the nearest first, of `total`.
with ranked as (
  select
    here.company,
    here.role,
    there.company as other,
    row_number() over (
      partition by here.company, here.role order by there.own desc, there.part, coalesce(alike.facts, 0) desc, known.place
    ) as rank,
    count(*) over (partition by here.company, here.role) as total
  from company_role_pages as here
  join company_role_pages as there on there.role = here.role and there.company <> here.company
  join known on known.company = there.company
  left join alike on alike.company = here.company and alike.other = there.company
)
select companies.slug as company, roles.slug as role, other.slug as other, ranked.rank, ranked.total
from ranked
join few on ranked.total <= few.whole or ranked.rank <= few.few
join companies on companies.slug = ranked.company
join companies as other on other.slug = ranked.other
join roles on roles.slug = ranked.role
order by ranked.company, ranked.role, ranked.rank
