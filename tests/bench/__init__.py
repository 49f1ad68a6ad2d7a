"""What reportfacts costs, beside other programs over the same files, in one run."""
