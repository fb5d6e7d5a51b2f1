"""The only package that imports streamlit: state, caching, cards, frame, live."""
