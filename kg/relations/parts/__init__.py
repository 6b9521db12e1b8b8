"""How a sentence says that one reform or service is a part of another: the words between them, what a service holds."""
