"""Flask, and the only place for requests, sessions and addresses of pages."""
