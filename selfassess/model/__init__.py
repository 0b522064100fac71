"""What things are: frozen descriptions of the documents and of what is computed from them."""
