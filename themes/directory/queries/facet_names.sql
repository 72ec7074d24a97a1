-- The facets themselves.
select facet, min(label) as label from facets group by facet
