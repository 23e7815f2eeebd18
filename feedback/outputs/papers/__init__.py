"""Papers for a meeting: one frozen paper in, its bytes out in every form that people ask for."""
