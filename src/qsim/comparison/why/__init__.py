"""Why a comparison comes out as it does: shares of changes, where twins diverge, one case through the house."""
