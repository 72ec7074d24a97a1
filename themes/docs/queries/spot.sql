-- In which part of its folder each entry of the tree is.
select path, part from tree
