-- Which roles does a candidate weigh against a role? Its neighbors on the ladders of at least two companies, and those of its level that ask
-- for most of the same skills in another loop: of the fewer skills of the two, three in five. A few at most.
with rungs_of as (
  select
    companies.slug as company,
    rung.value ->> 'role' as role,
    lead(rung.value ->> 'role') over (partition by companies.slug order by rung.key) as next
  from companies, json_each(companies.ladder) as rung
),
neighbors as (
  select role, next
  from rungs_of
  where next is not null and next <> role
  group by role, next
  having count(distinct company) >= 2
),
alike as (
  select
    one.slug as role,
    other.slug as next,
    count(*) * 1.0 / min(json_array_length(one.skills), json_array_length(other.skills)) as share
  from roles as one, json_each(one.skills) as skill
  join roles as other, json_each(other.skills) as same
  where same.value = skill.value and other.slug <> one.slug and other.level = one.level and other.loop <> one.loop
  group by one.slug, other.slug
),
weighed as (
  select role, next, 2.0 as share from neighbors
  union all
  select next, role, 2.0 from neighbors
  union all
  select role, next, share from alike where share >= 0.6
),
places as (
  select slug, row_number() over (order by "order", slug) as place from roles
),
ranked as (
  select
    weighed.role,
    weighed.next,
    here.place < there.place as leads,
    row_number() over (partition by weighed.role order by max(weighed.share) desc, there.place) as rank
  from weighed
  join places as here on here.slug = weighed.role
  join places as there on there.slug = weighed.next
  group by weighed.role, weighed.next
)
select
  roles.slug as subject,
  other.slug as other,
  ranked.rank,
  iif(ranked.leads, ranked.role, ranked.next) as first,
  iif(ranked.leads, ranked.next, ranked.role) as second
from ranked
join roles on roles.slug = ranked.role
join roles as other on other.slug = ranked.next
where ranked.rank <= (select few from few)
order by ranked.role, ranked.rank
