"""The ground of all studies: readings, standards, intervals, runs in many threads, folders of results, manifests."""
