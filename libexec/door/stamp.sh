# What is set up is remembered as the hash of what it was made from, so nothing is made twice and a cut-off set-up is
# made again. One start at a time makes things; a start that finds everything made takes no lock.

digest() { sha256sum | cut -c1-16; }

# is_made FOLDER NAME DIGEST
is_made() { [ "$(cat "$1/stamps/$2" 2>/dev/null)" = "$3" ]; }

# Written last and by rename: a stamp that is there is true.
made() {
    mkdir -p "$1/stamps"
    printf '%s\n' "$3" >"$1/stamps/$2.$$"
    mv "$1/stamps/$2.$$" "$1/stamps/$2"
}

# once NAME DIGEST COMMAND…: runs the command unless it was made from the same.
once() { once_in "$private" "$@"; }

# once_in FOLDER NAME DIGEST COMMAND…: likewise in a folder that others may share; fd 9 is the lock, never inherited.
once_in() {
    once_folder=$1 once_name=$2 once_digest=$3
    shift 3
    is_made "$once_folder" "$once_name" "$once_digest" && return 0
    mkdir -p "$once_folder"
    exec 9>"$once_folder/lock"
    if ! flock -n 9; then
        say "waiting for another start in this folder to finish setting up"
        flock 9
    fi
    if ! is_made "$once_folder" "$once_name" "$once_digest"; then
        "$@" "$once_digest" 9>&-
        made "$once_folder" "$once_name" "$once_digest"
    fi
    exec 9>&-
}

# lead_to NAME WHERE: makes the link, or another of an old one, in one step.
lead_to() {
    [ -L "$private/$1" ] || rm -rf "${private:?}/$1"
    ln -s "$2" "$private/$1.new.$$"
    mv -T "$private/$1.new.$$" "$private/$1"
}

# Points the link NAME at what was made for this digest. What was made before stays as long as a process names it, and the
# newest of those in any case, for a run under way.
point_at() {
    lead_to "$1" "$1.$2"
    touch "$private/$1.$2"
    find "$private" -maxdepth 1 -name "$1.*" -printf '%T@ %p\n' | sort -rn | sed '1,2d;s/^[^ ]* //' |
        while read -r older; do
            # shellcheck disable=SC2062 # the pattern comes by stdin: on the command line grep would find itself
            printf '%s/' "$older" | grep -q -s -F -f - /proc/[0-9]*/cmdline || rm -rf "$older"
        done
}
