"""What there is to load: files and pages of any kind as documents, their lines and their characters."""
