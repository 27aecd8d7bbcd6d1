"""What one run leaves for the next, under `.cache/imagedocs/`: results by the content that they were made from."""
