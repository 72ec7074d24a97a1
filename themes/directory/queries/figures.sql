-- What things can be ranked by. A site that has numbers puts its own query in this one's place.
select '' as name, 0.5 as value, '' as thing where false
