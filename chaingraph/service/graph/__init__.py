"""The graph as pictures: a chain's, the neighbours of an entity, the paths between two."""
