-- Which pages does a loop's page lead to? The same company and role elsewhere, the company's other roles there, and the same role there
-- at other companies: eight at most.
with related as (
  select
    page.company,
    page.role,
    page.location,
    'location' as kind,
    other.company as other_company,
    other.role as other_role,
    other.location as other_location,
    other.own and not other.part as whole
  from loops as page
  join loops as other
    on other.company = page.company and other.role = page.role and other.location <> page.location
  union all
  select
    page.company, page.role, page.location, 'role', other.company, other.role, other.location, other.own and not other.part as whole
  from loops as page
  join loops as other
    on other.company = page.company and other.location = page.location and other.role <> page.role
  union all
  select
    page.company, page.role, page.location, 'company', other.company, other.role, other.location, other.own and not other.part as whole
  from loops as page
  join loops as other
    on other.role = page.role and other.location = page.location and other.company <> page.company
),
ranked as (
  select
    *,
    row_number() over (
      partition by company, role, location, kind
      order by whole desc, other_company, other_role, other_location
    ) as rank
  from related
)
select company, role, location, kind, rank, other_company, other_role, other_location
from ranked
where rank <= case kind when 'role' then 2 else 3 end
order by company, role, location, kind, rank
