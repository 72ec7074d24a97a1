-- How long may a list be on a page that is about something else? Up to `whole` all of it stands there; of a longer one the first `few` do, with
-- a way to the rest. A list on a page of its own has letters from `lettered` on.
select 8 as few, 12 as whole, 24 as lettered
