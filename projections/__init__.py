"""What the record means to somebody: one file for each question that somebody asks. Pure."""
