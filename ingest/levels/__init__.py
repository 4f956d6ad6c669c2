"""How loud speech is, and how it is brought to a target."""
