"""From flat spans to an article: who is who, who speaks, whose claim it is."""
