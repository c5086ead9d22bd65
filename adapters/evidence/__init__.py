"""The sealed log: a Merkle tree over what is stored, signed, so that a change of it shows."""
