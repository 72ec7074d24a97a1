-- How many companies, places and kinds are there?
select
  (select count(*) from companies) as companies,
  (select count(distinct location) from company_locations) as locations,
  (select count(distinct kind) from company_kinds) as kinds,
  (select count(*) from companies where process is null) as silent
