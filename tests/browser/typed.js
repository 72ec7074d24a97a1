// What people type over the guide: forty queries with mistakes, and forty of other kinds.

/** What is typed with mistakes, and the page that is meant. */
export const typed = [
  // Letters swapped.
  ["amazno", "/companies/amazon/"],
  ["snowfalke", "/companies/snowflake/"],
  ["kakfa", "/technologies/apache-kafka/"],
  ["system desing", "/rounds/system-design-pipelines/"],
  ["slq joins", "/skills/sql-joins/"],
  ["behvaioral", "/rounds/behavioral/"],
  ["dubiln", "/locations/dublin/"],
  ["googel data engineer", "/companies/google/data-engineer/"],
  // Letters missing.
  ["databrcks", "/technologies/databricks/"],
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

/** What is typed without mistakes, or with one in each place of a word, and the page that is meant. */
export const asked = [
  // Abbreviations.
  ["cte", "/skills/sql-ctes/"],
  ["SCD", "/skills/slowly-changing-dimensions/"],
  ["cdc", "/skills/change-data-capture/"],
  ["DAG", "/skills/orchestration/"],
  ["elt", "/skills/batch-pipelines/"],
  ["gcp", "/technologies/gcp/"],
  ["aws", "/technologies/aws/"],
  ["sr data engineer", "/roles/senior-data-engineer/"],
  // Former and other names.
  ["facebook", "/companies/meta/"],
  ["twitter interview", "/companies/x/"],
  ["postgres", "/technologies/postgresql/"],
  ["salary", "/pay/"],
  ["modeling data", "/rounds/data-modeling/"],
  // Singulars and plurals.
  ["window function", "/skills/sql-window-functions/"],
  ["data contract", "/skills/data-contracts/"],
  ["take-home exercises", "/rounds/take-home/"],
  ["recruiters", "/rounds/recruiter-screen/"],
  ["ownerships", "/principles/ownership/"],
  // Two words in either order.
  ["quality data", "/skills/data-quality/"],
  ["tuning query", "/skills/sql-query-tuning/"],
  ["backfills idempotency", "/skills/idempotency-and-backfills/"],
  ["engineer google", "/companies/google/data-engineer/"],
  ["york new", "/locations/new-york/"],
  // A mistake in each place of a word.
  ["xirflow", "/technologies/apache-airflow/"],
  ["axrflow", "/technologies/apache-airflow/"],
  ["aixflow", "/technologies/apache-airflow/"],
  ["airxlow", "/technologies/apache-airflow/"],
  ["airfxow", "/technologies/apache-airflow/"],
  ["airflxw", "/technologies/apache-airflow/"],
  ["airflox", "/technologies/apache-airflow/"],
  // Accents, case and signs.
  ["NÉTFLIX", "/companies/netflix/"],
  ["boston/cambridge", "/locations/boston-cambridge/"],
  ["“dive deep”", "/principles/dive-deep/"],
  // Words of headings that templates make.
  ["netflix preparation plan", "/companies/netflix/"],
  ["compensation seattle", "/locations/seattle/"],
  // Words that stand in texts alone.
  ["bitemporal", "/locations/new-york/"],
  ["veto bar", "/rounds/bar-raiser/"],
  ["deequ", "/companies/amazon/"],
  ["rocksdb", "/companies/meta/"],
  // A word that is nowhere.
  ["kafka xyzzyx", "/technologies/apache-kafka/"],
];
