"""Lost and found: reported losses and what turned up, brought together as far as each viewer sees both."""
