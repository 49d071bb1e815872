"""Evidence rows out of one state of the graph: the interface, the embedded store, the snapshot it reads."""
