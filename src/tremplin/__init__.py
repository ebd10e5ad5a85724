"""One person's situation in, a personalised feasibility report out."""
