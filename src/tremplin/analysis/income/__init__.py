"""What a project leaves: contributions by legal form, income tax, and the twenty-four months of both."""
