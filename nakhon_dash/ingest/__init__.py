"""File or API -> canonical rows; one small module per format."""
