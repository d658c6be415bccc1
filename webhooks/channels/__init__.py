"""One small module for each way in. A channel knows the intake and its own shape, and no other channel."""
