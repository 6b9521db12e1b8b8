"""Who does what: how a text says which body runs a reform."""
