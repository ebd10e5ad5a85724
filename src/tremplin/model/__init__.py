"""What the world and the person look like as data: profile, statistics, rules, sources, results."""
