"""Say what would change the winner, exactly."""
