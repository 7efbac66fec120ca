"""Answers as exports write them: numbers, stars, labels and words, and the scales they are on."""
