"""Speed and memory, measured as ratios in one run: never asserted as a time, which would measure the machine."""
