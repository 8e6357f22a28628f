"""What is measured, beside which peer, with which command: `python -m benchmarks`."""
