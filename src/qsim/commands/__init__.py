"""The commands of ``qsim``, one file each; ``cli.py`` assembles them."""
