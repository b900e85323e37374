"""What sections III, V and the appendix say beside scope, controls and opinion."""
