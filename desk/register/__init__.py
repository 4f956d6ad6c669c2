"""The register: which places there are, and which sites watch."""
