-- Which problems follow one? All problems have one order, by kind and difficulty, and what follows is always later in it, so that the way leads
-- through the guide and never in a circle: up to three that are a step harder with the most skills in common, else as hard; where a kind
-- ends, of the next kind, from its easy ones on. `step` says which it is. Beside them, as the rank 0, one that is easier, or as hard, for
-- readers who want more of that first.
with placed as (
  select
    slug,
    instr('sql python modeling design', kind) as kind,
    case difficulty when 'easy' then 1 when 'medium' then 2 else 3 end as difficulty,
    row_number() over (partition by kind, difficulty order by minutes, title collate site, slug) as turn,
    row_number() over (
      order by instr('sql python modeling design', kind), instr('easy medium hard', difficulty), minutes, title collate site, slug
    ) as place
  from problems
),
shared as (
  select mine.slug as one, theirs.slug as other, count(*) as skills
  from problems as mine, json_each(mine.skills) as need, problems as theirs, json_each(theirs.skills) as also
  where also.value = need.value and theirs.slug <> mine.slug
  group by mine.slug, theirs.slug
),
pairs as materialized (
  select
    here.slug as problem,
    there.slug as next,
    case
      when there.kind <> here.kind then 'other'
      when there.difficulty > here.difficulty then iif(there.difficulty = here.difficulty + 1, 'harder', 'hardest')
      when there.difficulty < here.difficulty then 'easier'
      else 'same'
    end as step,
    there.place > here.place as later,
    abs(there.kind - here.kind) as kinds,
    abs(there.difficulty - here.difficulty) as distance,
    there.difficulty,
    coalesce(shared.skills, 0) as skills,
    abs(there.turn - here.turn) as turns,
    abs(there.place - here.place) as places
  from placed as here, placed as there
  left join shared on shared.one = here.slug and shared.other = there.slug
  where there.slug <> here.slug
),
-- Harder ones come first; of those, the nearest in difficulty. Of equals, not all problems lead to the same one.
forward as (
  select
    problem,
    next,
    step,
    skills,
    row_number() over (
      partition by problem
      order by
        step = 'other', kinds, step = 'hardest', skills = 0, instr('harder same', step), iif(step = 'other', 0, distance), skills desc,
        iif(step = 'other', difficulty, 0), turns, places
    ) as rank
  from pairs
  where later
),
back as (
  select
    problem,
    next,
    step,
    skills,
    row_number() over (partition by problem order by skills desc, instr('easier same', step), distance, places) as turn
  from pairs
  where step in ('easier', 'same') and not later and skills > 0
)
select problems.slug as problem, forward.rank, following.slug as next, forward.step, forward.skills
from forward
join problems on problems.slug = forward.problem
join problems as following on following.slug = forward.next
where forward.rank <= 3
union all
select problems.slug, 0, following.slug, back.step, back.skills
from back
join problems on problems.slug = back.problem
join problems as following on following.slug = back.next
where back.turn = 1
order by problem, rank
