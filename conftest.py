"""Where pytest begins: the services that tests may ask for are known everywhere."""

pytest_plugins = ["tests.services"]
