"""What is told to others: kept, sent, and lost never."""
