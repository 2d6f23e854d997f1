"""Reports of many organisations: of the governments, corporations or universities of a year, and of the whole year."""
