"""Leads: who could fill a gap, and why; the weekly list, out and back."""
