"""Label Studio: its tasks, their results as a graph, and the interface of a project."""
