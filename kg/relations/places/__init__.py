"""How a text says of several places at once where something applies: lists, companies of places, what spreads."""
