"""Country figures of the gender gap index and populations, each with the import it came by."""
