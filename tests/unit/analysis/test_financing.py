# Being written by the helper of the existing tests (results, legal form, timing, risk, financing, thresholds).
