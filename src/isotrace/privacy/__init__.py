"""How long records are kept: who is asked, what is renewed, what goes, and the proof that it went."""
