"""Chinese to English, kept honest."""
