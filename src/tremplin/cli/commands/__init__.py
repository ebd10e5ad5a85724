"""
The commands, a module for each subject. What one needs is imported when it runs, so that the others start fast.
"""
