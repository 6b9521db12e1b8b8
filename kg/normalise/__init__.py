"""Text -> value: numerals, quantities, calendar expressions and names, without context of their own."""
