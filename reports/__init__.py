"""Reports, data only: templates, styles and fonts."""
