"""What `make bench` measures: speed, memory, and how both grow; a module for each rival."""
