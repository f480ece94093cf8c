"""Files and blocks of them are read in several processes, with the same results in the same order."""
