"""A whole small company on one machine: an AWS API, its instances, its load balancers and the code it deploys."""
