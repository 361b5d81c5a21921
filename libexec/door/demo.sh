# The demo: a sandbox as root, or the small one without. Each lies below one folder; .signalbox/demos has a link to it.

demos=$private/demos
sandbox() { "$python" -m sandbox "$@"; }

# Sets demo to a new folder. Sockets need short paths, so it lies below /var/tmp.
new_demo() {
    # The bot's variables win over its files: those of the caller would put the demo to work on a real Kafka or AWS.
    forget SIGNALBOX_ AWS_ ANSIBLE_ GIT_
    demo=$(mktemp -d /var/tmp/signalbox-XXXXXX)
    mkdir -p "$demos"
    ln -s "$demo" "$demos/${demo##*/}"
    # Whatever ends this script from here on ends the demo too; a second Ctrl-C does not cut that off.
    trap 'trap "" HUP INT TERM; end_demo "$demo"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

running_demos() {
    for link in "$demos"/*; do
        if [ -L "$link" ] && is_mine "$(readlink "$link")"; then readlink "$link"; fi
    done
}

# Anybody may make folders below /var/tmp: a demo is only what belongs to the caller, folder and marker, and no link.
is_mine() {
    [ "$(find "$1" "$1/signalbox-demo" -maxdepth 0 ! -type l -user "$(id -u)" ! -perm /022 -printf x 2>/dev/null)" = xx ]
}

# running_demo DIR [AS]: sets demo to the one named, or where none is, to the only one; AS says how one is named.
running_demo() {
    demo=${1:-$(running_demos)}
    case $demo in
        '') fail "no demo of this folder runs; './signalbox demo' starts one." ;;
        *[[:space:]]*) fail "several demos run; say which${2:+, $2}:" "$demo" ;;
    esac
    demo=${demo%/}
    is_mine "$demo" || fail "there is no demo of yours in $demo"
}

is_small() { is_mine "$1" && [ "$(cat "$1/signalbox-demo")" = small ]; }

end_demo() {
    say "ending the demo in $1"
    if is_small "$1"; then end_small "$1"; else sandbox down --dir "$1"; fi
    rm -f "$demos/${1##*/}"
}

# The whole company: needs root. With nothing after it, the bot is ready and version 1 serves.
start_sandbox() {
    say "making the sandbox in $demo (AWS API, network, balancers, repository)"
    sandbox up --dir "$demo"
    sandbox exec --dir "$demo" --user bot -- "$python" libexec/door/local_parts.py "$demo/bot/local" \
        --kafka-port 9092 --redis-port 6379 >/dev/null
    "$python" libexec/door/demo_processes.py "$demo" "$app/java.args"
    say "starting Kafka, Redis and the bot in it"
    for part in kafka redis bot; do sandbox crew --dir "$demo" start "$part"; done
    say "deploying version 1 to staging and production"
    sandbox seed --dir "$demo"
}

something_to_play() {
    [ $# -gt 0 ] || misuse "there is nothing to play: name the conversations, as in conversations/*.chat"
}

# The player, against a demo where one is set, else this folder's bot. Names are read from where the caller stands.
play_files() {
    for file; do
        shift
        set -- "$@" "$(from_caller "$file")"
    done
    if [ -z "$demo" ]; then
        "$system_python" libexec/play --socket "$private/state/play.sock" "$@"
    elif is_small "$demo"; then
        "$system_python" libexec/play --socket "$demo/bot/state/play.sock" "$@"
    else
        "$python" libexec/play --socket "$demo/bot/state/play.sock" --demo "$demo" "$@"
    fi
}

inside_demo() { if is_small "$demo"; then "$@"; else sandbox exec --dir "$demo" --user bot -- "$@"; fi; }

# open_console WORDS…: a person's terminal on the bot; the words are what it proposes to say.
open_console() {
    for words; do
        shift
        set -- "$@" --try "$words"
    done
    inside_demo "$system_python" libexec/console --socket "$demo/bot/state/play.sock" --as anna "$@"
}

demo_whole() {
    new_demo
    start_sandbox
    open_console help 'deploy backend staging' 'swap backend staging' 'rollback backend staging' \
        'deploy backend production' 'carla: approve ID'
}

# demo_small [--play FILE…]
demo_small() {
    [ "${1-}" != --play ] || [ $# -gt 1 ] || something_to_play
    new_demo
    start_small
    if [ "${1-}" = --play ]; then
        shift
        play_files "$@"
    else
        open_console help 'deploy backend small' 'swap backend small'
    fi
}

demo_keep() {
    new_demo
    start_sandbox >&2
    trap - EXIT HUP INT TERM
    printf '%s\n' "$demo"
}

demo_play() {
    new_demo
    start_sandbox
    play_files "$@"
}

demo_shell() {
    running_demo "${1-}"
    inside_demo "$python" libexec/door/demo_shell.py "$demo"
}

demo_crew() {
    [ $# -ge 2 ] || misuse "demo --crew needs a verb and a part, as in: demo --crew stop bot"
    running_demo "${3-}"
    if is_small "$demo"; then fail "the small demo has no crew"; fi
    sandbox crew --dir "$demo" "$1" "$2"
}

demo_stop() {
    running_demo "${1-}"
    end_demo "$demo"
}
