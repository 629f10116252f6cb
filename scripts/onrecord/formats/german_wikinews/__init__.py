"""German Wikinews with quotations: what its JSON looks like, and which quotation lies in which."""
