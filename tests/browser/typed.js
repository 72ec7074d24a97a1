// Forty queries with mistakes, as people make them, over the guide.

/** What is typed, and the page that is meant. */
export const typed = [
  // Letters swapped.
  ["amazno", "/companies/amazon/"],
  ["snowfalke", "/companies/snowflake/"],
  ["kakfa", "/technologies/apache-kafka/"],
  ["system desing", "/rounds/system-design-pipelines/"],
  ["slq joins", "/skills/sql-joins/"],
  ["behvaioural", "/rounds/behavioural/"],
  ["dubiln", "/locations/dublin/"],
  ["googel data engineer", "/companies/google/data-engineer/"],
  // Letters missing.
  ["databrcks", "/companies/databricks/"],
  ["linkdin", "/companies/linkedin/"],
  ["instcart", "/companies/instacart/"],
  ["partioning", "/skills/partitioning/"],
  ["idempotncy", "/skills/idempotency-and-backfills/"],
  ["take hme", "/rounds/take-home/"],
  ["bar raser", "/rounds/bar-raiser/"],
  ["senior data enginer", "/roles/senior-data-engineer/"],
  // Letters doubled or too many.
  ["pinterrest", "/companies/pinterest/"],
  ["ubber", "/companies/uber/"],
  ["airfloww", "/technologies/apache-airflow/"],
  ["orchestrattion", "/skills/orchestration/"],
  ["hiringg manager", "/rounds/hiring-manager/"],
  ["recruitter screen", "/rounds/recruiter-screen/"],
  // Wrong letters, also the first.
  ["nerflix", "/companies/netflix/"],
  ["microsift", "/companies/microsoft/"],
  ["dtripe", "/companies/stripe/"],
  ["iceburg", "/technologies/apache-iceberg/"],
  ["postgressql", "/technologies/postgresql/"],
  ["ovservability", "/skills/observability/"],
  ["type castor", "/problems/type-caster/"],
  ["sensor spykes", "/problems/sensor-spikes/"],
  // Spaces missing or too many.
  ["newyork", "/locations/new-york/"],
  ["doordsah", "/companies/doordash/"],
  ["changedatacapture", "/skills/change-data-capture/"],
  ["big qeury", "/technologies/bigquery/"],
  ["analyticsengineer", "/roles/analytics-engineer/"],
  // Other names.
  ["facebok", "/companies/meta/"],
  ["twiter", "/companies/x/"],
  ["nyc", "/locations/new-york/"],
  ["etl develper", "/roles/data-engineer/"],
  // What two records share, with mistakes.
  ["amazn senoir data engineer bostn", "/companies/amazon/senior-data-engineer/boston-cambridge/"],
];
