"""The law of leaving a job for a business, and of doing both: one subject a module, its findings, steps and criteria with it."""
