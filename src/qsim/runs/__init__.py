"""The ground of all studies: readings, standards, intervals, one runner, folders of results, manifests."""
