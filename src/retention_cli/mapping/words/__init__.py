"""What headers and names of files mean, by words of several languages: data, one file a language."""
