# The bots that `bench startup` is paired with, hash for hash as locked, and the Node that one of them needs.

need_peers() {
    need_tool peers "$({ echo "${tools%"/$private_name"}"; "$system_python" --version; peers_files | xargs cat; } | digest)" make_peers
    peers=$(readlink -f "$private/peers")
}

peers_files() { printf '%s\n' bench/startup/requirements.txt bench/startup/hubot/package.json bench/startup/hubot/package-lock.json; }

make_peers() {
    say "installing Errbot and Hubot (bench/startup) into $(shown "$tools")/peers"
    new_peers=$tools/peers.$1
    rm -rf "$new_peers"
    mkdir -p "$new_peers/hubot"
    cp bench/startup/hubot/package*.json "$new_peers/hubot"
    if ! "$system_python" -m venv "$new_peers/venv" ||
        ! "$new_peers/venv/bin/python" -m pip --quiet --disable-pip-version-check --no-input install \
            --require-hashes --requirement bench/startup/requirements.txt >&2 ||
        ! (cd "$new_peers/hubot" && PATH=$new_peers/venv/bin:$PATH npm ci --ignore-scripts --no-audit --no-fund --silent >&2); then
        fail "Errbot and Hubot could not be installed; the reason is above." "$say_it_again"
    fi
}
