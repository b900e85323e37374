"""What a person sees: the pages in a headless Chromium."""
