# The Python tools in a venv of the project's own, hash for hash as locked, and the three Ansible collections.

system_python=/usr/bin/python3
python=$private/venv/bin/python

need_python() {
    # A venv holds absolute paths and the interpreter's version, so both are part of what it was made from.
    once venv "$({ pwd; "$system_python" --version; cat requirements.txt; } | digest)" make_venv
    once collections "$(cat requirements-collections.txt libexec/door/take_collections.py | digest)" make_collections
    once wrapper "$(cat libexec/run/*.py | digest)" compile_wrapper
}

# The parent of a run starts in half of the time; the bot's own account may not write there.
compile_wrapper() { "$system_python" -m compileall -q --invalidation-mode checked-hash libexec/run; }

make_venv() {
    say "installing the Python tools (requirements.txt) into $private_name/venv"
    rm -rf "$private/venv.$1"
    if ! "$system_python" -m venv "$private/venv.$1" ||
        ! "$private/venv.$1/bin/python" -m pip --quiet --disable-pip-version-check --no-input install \
            --require-hashes --only-binary :all: --requirement requirements.txt >&2; then
        fail "the Python tools could not be installed; the reason is above." "$say_it_again"
    fi
    point_at venv "$1"
}

make_collections() {
    say "taking the Ansible collections (requirements-collections.txt) into $private_name/collections"
    rm -rf "$private/collections.$1" "$private/download"
    if ! "$python" -m pip --quiet --disable-pip-version-check --no-input download --no-deps \
        --require-hashes --only-binary :all: --requirement requirements-collections.txt --dest "$private/download" >&2 ||
        ! "$python" libexec/door/take_collections.py "$private/download" "$private/collections.$1" \
            amazon.aws community.aws ansible.posix; then
        fail "the Ansible collections could not be taken; the reason is above." "$say_it_again"
    fi
    rm -rf "$private/download"
    point_at collections "$1"
}
