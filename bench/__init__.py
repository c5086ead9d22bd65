"""Measurements, both sides in one run: what a ratio shows holds on a slower machine too."""
