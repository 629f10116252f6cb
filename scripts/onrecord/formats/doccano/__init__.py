"""doccano: its JSON Lines, and what we keep beside the text in them."""
