-- One row, if no document stands at the root.
select 'front' as name where not exists (select 1 from docs where slug = 'index')
