"""Countries and areas, their codes and names in the UN languages, and the regions of the M49 standard."""
