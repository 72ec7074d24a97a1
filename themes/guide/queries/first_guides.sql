-- Which guides does the home page name? One of each of the companies of which the most is known: for the role that its page is about, at the
-- first of its places.
select loops.company, loops.role, loops.location
from (
  select
    loops.company,
    loops.role,
    loops.location,
    known.place,
    row_number() over (
      partition by loops.company order by usual_roles.role is null, roles."order", roles.slug, offices.place, loops.location
    ) as turn
  from loops
  join known on known.company = loops.company
  join roles on roles.slug = loops.role
  join offices on offices.company = loops.company and offices.location = loops.location
  left join usual_roles on usual_roles.company = loops.company and usual_roles.role = loops.role
  where loops.own and not loops.part
) as first
join loops on loops.company = first.company and loops.role = first.role and loops.location = first.location
where first.turn = 1
order by first.place
limit 6
