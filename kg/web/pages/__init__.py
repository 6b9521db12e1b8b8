"""The pages for people: one file a page, each a function from a visit to a response."""
