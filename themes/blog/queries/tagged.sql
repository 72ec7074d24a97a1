-- Each post under each of its tags, with its year, the newest first.
select distinct posts.slug as post, slug(tag.value) as slug, substr(posts.date, 1, 4) as year
from posts, json_each(posts.tags) as tag
order by posts.date desc, posts.slug
