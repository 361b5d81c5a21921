# Kafka and Redis of this one machine, for whoever sets no others. They are no children of the bot: killing it, or
# restarting it, leaves them alone.

local_parts=$private/local
service() { "$system_python" libexec/door/service.py "$@"; }

# start_parts FOLDER [kafka] [redis]: as far as they do not run yet.
start_parts() {
    parts_folder=$1
    shift
    for part; do
        ports=$("$python" libexec/door/local_parts.py "$parts_folder" --part "$part")
        "start_$part" "$parts_folder" "${ports#*=}" ||
            fail "the local $part did not start." \
                "If its port ${ports#*=} is taken, remove $parts_folder/$part.port: another is chosen at the next start."
    done
    # Once more for all together: the settings name just the parts that run here.
    # shellcheck disable=SC2046 # one option a part
    "$python" libexec/door/local_parts.py "$parts_folder" $(printf -- '--part %s ' "$@") >/dev/null
}

start_redis() {
    service alive "$1" redis || say "starting Redis on 127.0.0.1:$2"
    service start "$1" redis --ready "redis:$2:$1/redis/password" --within 30 -- \
        "$(PATH=$PATH:/usr/sbin command -v redis-server)" "$1/redis/redis.conf"
}

start_kafka() {
    service alive "$1" kafka || say "starting Kafka on 127.0.0.1:$2"
    service start "$1" kafka --ready "file:$1/kafka/ready" --within 60 -- \
        java "@$app/java.args" io.signalbox.audit.broker.LocalBroker "$1/kafka"
}

# A person's settings file, or in a demo's shell the demo's, unless one was named.
default_settings() {
    case " $* " in
        *' --settings'*) ;;
        *)
            if [ -n "${DEMO_FOLDER-}" ]; then
                echo "--settings $DEMO_FOLDER/settings.yml"
            elif [ -e signalbox.yml ]; then
                echo '--settings signalbox.yml'
            fi
            ;;
    esac
}

# left_to_us OPTIONS…: which of kafka and redis nobody set, so that they are local ones.
left_to_us() {
    # shellcheck disable=SC2046 # two words without blanks, or none
    "$python" libexec/door/before_run.py --only-look $(default_settings "$@") "$@"
}

# reader_settings OPTIONS…: sets reader to the settings of an account that only reads the log, where Kafka is a local
# one, and owner to the bot's, for the brain, where Redis is local too. An earlier run may have left such files though
# others are set by now.
reader_settings() {
    reader=$local_parts/ops.yml owner=$local_parts/bot.yml
    if [ -n "${DEMO_FOLDER-}" ]; then
        reader=$DEMO_FOLDER/bot/local/ops.yml owner=$DEMO_FOLDER/bot/local/bot.yml
    else
        left_to_us=$(left_to_us "$@")
        case $left_to_us in *kafka*) ;; *) reader= ;; esac
        case $left_to_us in *kafka*redis*) ;; *) owner= ;; esac
    fi
    [ -e "$reader" ] || reader=
    [ -e "$owner" ] || owner=
}

# owner_settings OPTIONS…: sets owner to the bot's own settings for the local Kafka and Redis, and starts them: they may
# have been stopped together with the bot.
owner_settings() {
    reader= owner=
    if [ -n "${DEMO_FOLDER-}" ]; then
        owner=$DEMO_FOLDER/bot/local/bot.yml
    else
        left_to_us=$(left_to_us "$@")
        # shellcheck disable=SC2086 # one word a part
        [ -z "$left_to_us" ] || start_parts "$local_parts" $left_to_us
        [ -z "$left_to_us" ] || owner=$local_parts/bot.yml
    fi
    [ -e "$owner" ] || owner=
}

# A word of the bot's main with this folder's settings.
say_to_bot() {
    # shellcheck disable=SC2046 # two words without blanks, or none
    bot $(default_settings "$@") "$@"
}
