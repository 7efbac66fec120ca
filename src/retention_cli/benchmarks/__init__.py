"""Benchmarks, and how a figure stands to the one that fits."""
