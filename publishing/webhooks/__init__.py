"""Calls the machines that other offices have entered (:mod:`publishing.endpoints`), and nothing inside our own walls."""
