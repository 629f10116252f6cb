"""Pictures of annotated text."""
