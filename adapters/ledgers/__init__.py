"""Ledgers: neither truth nor read models. What was sent is kept, and no rebuild names them."""
