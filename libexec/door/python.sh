# The Python tools in a venv of the project's own, hash for hash as locked, and the three Ansible collections.

system_python=/usr/bin/python3
python=$private/venv/bin/python

need_python() {
    # A venv holds absolute paths and the interpreter's version, so both are part of what it was made from.
    need_tool venv "$({ echo "${tools%"/$private_name"}"; "$system_python" --version; cat requirements.txt; } | digest)" make_venv
    need_tool collections "$(cat requirements-collections.txt libexec/door/take_collections.py | digest)" make_collections
    once wrapper "$(cat libexec/run/*.py | digest)" compile_wrapper
}

# The parent of a run starts in half of the time; the bot's own account may not write there.
compile_wrapper() { "$system_python" -m compileall -q --invalidation-mode checked-hash libexec/run; }

make_venv() {
    say "installing the Python tools (requirements.txt) into $(shown "$tools")/venv"
    rm -rf "$tools/venv.$1"
    if ! "$system_python" -m venv "$tools/venv.$1" ||
        ! "$tools/venv.$1/bin/python" -m pip --quiet --disable-pip-version-check --no-input install \
            --require-hashes --only-binary :all: --requirement requirements.txt >&2; then
        fail "the Python tools could not be installed; the reason is above." "$say_it_again"
    fi
}

make_collections() {
    say "taking the Ansible collections (requirements-collections.txt) into $(shown "$tools")/collections"
    rm -rf "$tools/collections.$1" "$tools/download"
    if ! "$python" -m pip --quiet --disable-pip-version-check --no-input download --no-deps \
        --require-hashes --only-binary :all: --requirement requirements-collections.txt --dest "$tools/download" >&2 ||
        ! "$python" libexec/door/take_collections.py "$tools/download" "$tools/collections.$1" \
            amazon.aws community.aws ansible.posix; then
        fail "the Ansible collections could not be taken; the reason is above." "$say_it_again"
    fi
    rm -rf "$tools/download"
}
