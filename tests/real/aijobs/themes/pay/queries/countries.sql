-- What does a role pay in each country where enough offers are known?
select role, level, country, n, median from slices where n >= 5 order by n desc, country
