"""The person's own life around the project: the week, health, and those around."""
