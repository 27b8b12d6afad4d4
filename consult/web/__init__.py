"""Pages: what a request carries, forms, views and the words for refusals."""
