"""Sites: which places of the code ask a provider or a platform, and what counts as one of them."""
