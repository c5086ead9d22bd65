"""Delivery: what is told to others leaves the house here, and nowhere else."""
