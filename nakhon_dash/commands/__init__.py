"""The parts of the command `nakhon`: each module has `register(app)`."""
