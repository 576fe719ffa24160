"""The rules, a module each, with the words that only they need beside them. No rule knows another."""
