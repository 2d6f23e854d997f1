"""The IMPACT 10x10x10 platform. Start reading at app.py."""
