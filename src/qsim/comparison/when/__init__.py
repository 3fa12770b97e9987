"""When it would come out otherwise: scenario discovery, and what each unknown is worth knowing."""
