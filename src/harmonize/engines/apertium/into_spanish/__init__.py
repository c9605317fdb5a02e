"""English before the pipe and Spanish inside it, put right for Apertium."""
