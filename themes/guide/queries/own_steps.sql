-- Which rounds is a company known to have, in order, for whatever role or level? Each with its place in the company's record, its length, and
-- whether somebody told that: else it is what is usual. Of a loop that is known in part it may have others.
select
  companies.slug as company,
  step.key + 1 as number,
  rounds.slug as round,
  coalesce(step.value ->> 'minutes', rounds.minutes) as minutes,
  step.value ->> 'minutes' is not null as known,
  step.key as place
from companies, json_each(companies.loop) as step
join rounds on rounds.slug = step.value ->> 'round'
order by company, number
