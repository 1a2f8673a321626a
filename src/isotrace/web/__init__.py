"""The face: base layout, design tokens, components, islands and the pages of signing in."""
