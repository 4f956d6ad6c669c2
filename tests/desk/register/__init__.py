"""The register of regions and sites."""
