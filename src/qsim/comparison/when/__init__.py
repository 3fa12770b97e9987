"""When it would come out otherwise: scenario discovery, and the EVPPI of each unknown."""
