"""`python -m benchmarks` measures everything."""

from benchmarks.run import main

main()
