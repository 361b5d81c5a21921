# What the door says: one line for each thing it does, and why it stops.

say() { printf 'signalbox: %s\n' "$*" >&2; }

# Stops; the first word is the exit status of bad use (2) or of failure (1), the rest one line each.
give_up() {
    give_up_status=$1
    shift
    for give_up_line; do say "$give_up_line"; done
    exit "$give_up_status"
}
fail() { give_up 1 "$@"; }
misuse() { give_up 2 "$@" "'./signalbox help' lists what can be said."; }

say_it_again='Once the cause is gone (often the network), say the same again: what was done is not done again.'
