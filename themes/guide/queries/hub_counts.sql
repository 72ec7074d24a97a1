-- How much does the guide hold?
select
  (select count(*) from companies) as companies,
  (select count(*) from roles) as roles,
  (select count(*) from levels) as levels,
  (select count(*) from locations) as locations,
  (select count(*) from rounds) as rounds,
  (select count(*) from technologies) as technologies,
  (select count(*) from skills) as skills,
  (select count(*) from problems) as problems,
  (select count(*) from faqs) as faqs,
  (select count(*) from loops) as loop_pages,
  (select count(*) from company_role_pages) as company_role_pages
