-- Tags of which nothing is left in a URL.
select posts.slug as post, tag.value as tag
from posts, json_each(posts.tags) as tag
where slug(tag.value) = ''
