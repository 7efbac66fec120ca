"""Retention figures from the exports people already have."""
