"""People and machines come in here: pages, forms and their checks."""
