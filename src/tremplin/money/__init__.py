"""The money of a household and of a project, month by month: forms, ways to leave, financing, cash, risk, the moment to leave."""
