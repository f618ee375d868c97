"""The whole public site as one folder or ZIP that needs no server: for a portal, an intranet, a USB stick."""
