# The demo without root: the bot, Kafka and Redis as processes of whoever starts it, and this machine as the inventory.

start_small() {
    mkdir -p "$demo/bot/state"
    chmod 700 "$demo"
    printf 'small\n' >"$demo/signalbox-demo"
    start_parts "$demo/bot/local" kafka redis
    "$python" libexec/door/demo_processes.py "$demo" "$app/java.args" --small
    say "starting the bot"
    service start "$demo/bot/local" bot --ready "file:$demo/bot/state/ready" --within 60 -- \
        java "@$app/java.args" io.signalbox.Signalbox --settings "$demo/settings.yml" --settings "$demo/bot/local/bot.yml"
}

# The bot first, so that it starts nothing while its runs are ended.
end_small() {
    service stop "$1/bot/local" bot >/dev/null
    for run in "$1"/bot/state/runs/*; do
        if [ -e "$run/claimed" ] && [ ! -e "$run/exit" ]; then "$system_python" libexec/signalbox-run --cancel "$run"; fi
    done
    for part in kafka redis; do service stop "$1/bot/local" "$part" >/dev/null; done
    rm -rf "$1"
}
