"""The auditor: reads what Kafka, Redis, the side-effect log and the transcript hold, and believes nothing else.

It shares no line with the bot: what a record means and what may follow what is written down here once more.
"""
