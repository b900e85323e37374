"""Prose that claims conformity: quick references and pages of a provider."""
