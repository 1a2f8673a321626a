"""The envelope stored: who looks, what lies open to whom, and the record of every look."""
