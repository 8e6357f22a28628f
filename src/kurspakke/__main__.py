"""`python -m kurspakke` does what the command `kurspakke` does."""

from kurspakke.cli import main

if __name__ == "__main__":
    main()
