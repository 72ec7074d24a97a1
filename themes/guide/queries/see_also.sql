-- Which pages does a loop's page lead to? The same company and role at the nearest places, the company's roles there that are nearest in the
-- order of roles, and the same role there at the nearest companies, first those whose whole loop is known: eight at most.
with related as (
  select page.company, page.role, page.location, 'location' as kind, other.company as other_company, other.role as other_role,
    other.location as other_location, location_near.rank as distance
  from loops as page
  join loops as other on other.company = page.company and other.role = page.role and other.location <> page.location
  join location_near on location_near.subject = page.location and location_near.other = other.location
  union all
  select page.company, page.role, page.location, 'role', other.company, other.role, other.location, abs(there."order" - here."order")
  from loops as page
  join loops as other on other.company = page.company and other.location = page.location and other.role <> page.role
  join roles as here on here.slug = page.role
  join roles as there on there.slug = other.role
  union all
  select page.company, page.role, page.location, 'company', other.company, other.role, other.location,
    iif(other.own and not other.part, 0, 1000000) - coalesce(alike.facts, 0)
  from loops as page
  join loops as other on other.role = page.role and other.location = page.location and other.company <> page.company
  left join alike on alike.company = page.company and alike.other = other.company
),
ranked as (
  select
    related.*,
    row_number() over (
      partition by related.company, related.role, related.location, related.kind
      order by related.distance, known.place, related.other_role, related.other_location
    ) as rank
  from related
  join known on known.company = related.other_company
)
select company, role, location, kind, rank, other_company, other_role, other_location
from ranked
where rank <= case kind when 'role' then 2 else 3 end
order by company, role, location, kind, rank
