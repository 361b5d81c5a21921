# The demo without root: the bot, Kafka and Redis as processes of whoever starts it, and this machine as the inventory.

start_small() {
    printf 'small\n' >"$demo/signalbox-demo"
    mkdir -p "$demo/bot"
    start_parts "$demo/bot/local" kafka redis
    "$python" libexec/door/small_demo.py "$demo"
    say "starting the bot"
    service start "$demo/bot/local" bot --ready "file:$demo/bot/state/ready" --within 60 -- \
        java "@$app/java.args" io.signalbox.Signalbox --settings "$demo/settings.yml" --settings "$demo/bot/local/bot.yml"
}

# The bot first, so that it starts nothing while its runs are ended. What does not end keeps the folder that names it.
end_small() {
    left=
    service stop "$1/bot/local" bot >/dev/null || left=yes
    for run in "$1"/bot/state/runs/*; do
        if [ -e "$run/claimed" ] && [ ! -e "$run/exit" ]; then
            # 3: it ended by itself in this moment
            "$system_python" libexec/signalbox-run --cancel "$run" || [ $? -eq 3 ] || left=yes
        fi
    done
    for part in kafka redis; do service stop "$1/bot/local" "$part" >/dev/null || left=yes; done
    [ -z "$left" ] || fail "not all of the demo ended; what is left is named in $1"
    rm -rf "$1"
}
