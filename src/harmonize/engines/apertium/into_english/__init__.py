"""Spanish before the pipe and English inside it, put right for Apertium."""
