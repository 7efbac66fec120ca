"""Workbooks of every form as rows of text."""
