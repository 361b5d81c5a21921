# What is set up is remembered as the hash of what it was made from, so nothing is made twice and a cut-off set-up is
# made again. One start at a time makes things; a start that finds everything made takes no lock.

digest() { sha256sum | cut -c1-16; }

is_made() { [ "$(cat "$private/stamps/$1" 2>/dev/null)" = "$2" ]; }

# Written last and by rename: a stamp that is there is true.
made() {
    mkdir -p "$private/stamps"
    printf '%s\n' "$2" >"$private/stamps/$1.$$"
    mv "$private/stamps/$1.$$" "$private/stamps/$1"
}

# once NAME DIGEST COMMAND…: runs the command unless it was made from the same; fd 9 is the lock, never inherited.
once() {
    once_name=$1 once_digest=$2
    shift 2
    is_made "$once_name" "$once_digest" && return 0
    mkdir -p "$private"
    exec 9>"$private/lock"
    if ! flock -n 9; then
        say "waiting for another start in this folder to finish setting up"
        flock 9
    fi
    if ! is_made "$once_name" "$once_digest"; then
        "$@" "$once_digest" 9>&-
        made "$once_name" "$once_digest"
    fi
    exec 9>&-
}

# Points the link NAME at what was made for this digest, in one step. What was made before stays as long as a process
# names it, and the newest of those in any case, for a run under way.
point_at() {
    [ -L "$private/$1" ] || rm -rf "${private:?}/$1"
    ln -s "$1.$2" "$private/$1.new.$$"
    mv -T "$private/$1.new.$$" "$private/$1"
    touch "$private/$1.$2"
    find "$private" -maxdepth 1 -name "$1.*" -printf '%T@ %p\n' | sort -rn | sed '1,2d;s/^[^ ]* //' |
        while read -r older; do
            # shellcheck disable=SC2062 # the pattern comes by stdin: on the command line grep would find itself
            printf '%s/' "$older" | grep -q -s -F -f - /proc/[0-9]*/cmdline || rm -rf "$older"
        done
}
