"""The outside world: the store, the runner that feeds read models, documents, sessions, clocks."""
