"""What a change of the rules does: scenarios, verdicts and claims in this version of qsim and in another one."""
