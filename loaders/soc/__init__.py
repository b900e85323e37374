"""Reports of service auditors."""
