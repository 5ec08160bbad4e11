def _go(): pass
