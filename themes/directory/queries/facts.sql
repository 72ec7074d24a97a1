-- What things can be chosen by. A site that has facets puts its own query in this one's place.
select '' as facet, '' as label, '' as value, '' as thing where false
