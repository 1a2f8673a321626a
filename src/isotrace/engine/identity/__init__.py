"""Whether two things are the same: judgements, the groups that they make, where they contradict each other, and why to suggest one.

Everything here works on what it is given: whoever asks hands in the judgements and things that he may see, and nothing of others counts.
"""
