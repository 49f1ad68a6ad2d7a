"""A run under stress: many reports of mixed kinds, some of them bad, killed at random moments."""
