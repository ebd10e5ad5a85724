"""From published files to figures: snapshots of raw data, tidy series, and what follows from them."""
