"""Answers: what the experiments that come with qsim have shown, with figures and their page."""
