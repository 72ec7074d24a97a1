-- What the home page says above the posts: the page that stands for all of the content.
select pages.slug as sheet from pages where slug = 'index'
