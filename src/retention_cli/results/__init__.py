"""What a run gives: frozen values that reports write out."""
