"""The offline view: what a store holds, cut down to what a page can show, and the page's template, style and script."""
