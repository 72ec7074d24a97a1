-- Which kinds of interview does each company say that it has?
select companies.name as company, kinds.slug as kind
from companies, kinds
where exists (
  select 1 from json_each(kinds.words) as word
  where instr(fold(companies.process), word.value) > 0
)
order by kinds.slug, fold(companies.name)
