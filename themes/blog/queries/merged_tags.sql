-- Tags that are not called as the tag with whose page they go, such as "C" beside "C++".
select posts.slug as post, tag.value as tag, tags.name, tags.slug
from posts, json_each(posts.tags) as tag
join tags on tags.slug = slug(tag.value)
where fold(tag.value) <> fold(tags.name)
order by posts.slug
