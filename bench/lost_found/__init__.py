"""How well lost and found radioactive sources are brought together, on a register that is invented and says so."""
