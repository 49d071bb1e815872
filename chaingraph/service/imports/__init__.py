"""Imports: registries and ChainKnowledgeGraph taken in, listed, undone, and their doubtful matches reviewed."""
