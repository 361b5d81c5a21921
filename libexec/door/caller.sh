# What the caller brings along: names of files, read from where the caller stands, and variables.

# Prints the whole name of a file.
from_caller() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s/%s\n' "$caller" "$1" ;;
    esac
}

# forget PREFIX…: variables of the caller that must not reach what is started from here on.
forget() {
    for prefix; do
        for name in $(env | sed -n "s/^\(${prefix}[A-Za-z0-9_]*\)=.*/\1/p"); do unset "$name"; done
    done
}
