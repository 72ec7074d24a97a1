-- The tags, each called as its newest post calls it, and how many posts have it.
with
  uses as (
    select posts.slug as post, posts.date, tag.value as name, slug(tag.value) as slug
    from posts, json_each(posts.tags) as tag
    where slug(tag.value) <> ''
  ),
  newest as (select *, row_number() over (partition by slug order by date desc, post) as place from uses)
select slug, name, (select count(distinct post) from uses where uses.slug = newest.slug) as posts
from newest
where place = 1
order by name collate site
