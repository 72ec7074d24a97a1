-- Each post with its year, the newest first.
select posts.slug as post, substr(date, 1, 4) as year from posts order by date desc, posts.slug
