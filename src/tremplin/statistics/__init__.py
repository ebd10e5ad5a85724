"""What the register's figures and many people's results tell: creators, evidence, the portfolio."""
