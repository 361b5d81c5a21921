"""The fault campaign: a bot, a Redis and a Kafka under a steady stream of commands, broken again and again, and audited."""
