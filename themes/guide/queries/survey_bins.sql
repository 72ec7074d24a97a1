-- How many of those who stand for a role in the survey say that they earn how much? In steps of ten thousand, from the hundredth below to the
-- hundredth above: the few beyond would make the rest small. A hundred answers at least: the shape of fewer says little.
with bounds as (
  select
    survey_pay.role,
    survey_pay.country,
    survey_pay.samples,
    cast(percentile_cont(survey.usd, 0.01) / 10000 as integer) as first,
    cast(percentile_cont(survey.usd, 0.99) / 10000 as integer) as last
  from survey_pay
  join roles on roles.slug = survey_pay.role
  join survey
    on survey.title = roles.survey ->> 'title' and survey.level = roles.survey ->> 'level' and survey.country = survey_pay.country
  where survey_pay.samples >= 100
  group by survey_pay.role, survey_pay.country
),
counted as (
  select bounds.role, bounds.country, cast(survey.usd / 10000 as integer) as step, count(*) as answers
  from bounds
  join roles on roles.slug = bounds.role
  join survey
    on survey.title = roles.survey ->> 'title' and survey.level = roles.survey ->> 'level' and survey.country = bounds.country
  where cast(survey.usd / 10000 as integer) between bounds.first and bounds.last
  group by bounds.role, bounds.country, step
)
select
  role,
  country,
  step * 10000 as low,
  (step + 1) * 10000 as high,
  answers,
  -- As high as the highest is a hundred.
  round(100.0 * answers / max(answers) over (partition by role, country), 1) as share
from counted
order by role, country, step
