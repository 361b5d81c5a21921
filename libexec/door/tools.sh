# Where the Python tools lie, and what Maven made: below .signalbox, or in a folder that several checkouts share
# (SIGNALBOX_TOOLS), each named by the digest of what it was made from. Whoever shares says so once: it is remembered.

tools=$private
if [ -n "${SIGNALBOX_TOOLS-}" ]; then
    case $SIGNALBOX_TOOLS in
        /*) tools=$SIGNALBOX_TOOLS ;;
        *) misuse "SIGNALBOX_TOOLS is '$SIGNALBOX_TOOLS'; a whole path is needed, as /opt/signalbox/tools" ;;
    esac
elif [ -L "$private/tools" ]; then
    tools=$(readlink "$private/tools")
fi
# For the door alone: to the bot every such variable is a setting.
unset SIGNALBOX_TOOLS

# As people know it: from the project folder where it lies there.
shown() { printf '%s\n' "${1#"$PWD/"}"; }

shares_tools() { [ "$tools" != "$private" ]; }

# need_tool NAME DIGEST COMMAND: COMMAND makes $tools/NAME.DIGEST once, and .signalbox/NAME leads to it.
need_tool() {
    if shares_tools; then
        remember_tools
        once_in "$tools" "$1.$2" "$2" "$3"
        once "$1" "$2" lead_to_shared "$1"
    else
        once "$1" "$2" make_own "$1" "$3"
    fi
}

make_own() {
    "$2" "$3"
    point_at "$1" "$3"
}

# Nothing that is shared is removed here: another checkout may use it.
lead_to_shared() { lead_to "$1" "$tools/$1.$2"; }

remember_tools() {
    if [ "$(readlink "$private/tools")" != "$tools" ]; then
        mkdir -p "$private"
        lead_to tools "$tools"
    fi
}
