-- What did those say that they earn who stand for a role in the survey, by country? Thirty answers at least: the middle of fewer says little.
select
  roles.slug as role,
  survey.country,
  count(*) as samples,
  min(survey.year) as first_year,
  max(survey.year) as last_year,
  cast(round(percentile_cont(survey.usd, 0.25)) as integer) as p25,
  cast(round(median(survey.usd)) as integer) as median,
  cast(round(percentile_cont(survey.usd, 0.75)) as integer) as p75
from roles
join survey on survey.title = roles.survey ->> 'title' and survey.level = roles.survey ->> 'level'
group by roles.slug, survey.country
having count(*) >= 30
order by roles.slug, survey.country
