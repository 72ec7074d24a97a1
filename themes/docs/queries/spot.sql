-- Where each entry of the tree is: in which chunk of its folder, and what leads to it.
with recursive trails(path, doc, own, chunk, trail) as (
  select path, doc, own, chunk, json_array(path) from tree where folder = ''
  union all
  select tree.path, tree.doc, tree.own, tree.chunk, json_insert(trail, '$[#]', tree.path) from trails join tree on tree.folder = trails.path
)
select path, doc, own, chunk, trail from trails
