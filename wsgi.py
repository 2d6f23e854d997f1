"""The entry of the web server: `gunicorn wsgi:app`."""

from impact.app import create_app

app = create_app()
