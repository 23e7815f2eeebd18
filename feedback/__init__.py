"""A survey and co-production platform for SEND families, young people and practitioners."""
