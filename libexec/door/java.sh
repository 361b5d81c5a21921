# The bot, made when its sources changed, and kept apart from target/, so that building under a running bot takes nothing
# away from it.

# Sets app to the folder of the build itself, not to the link: a process that runs from it names it, so it is kept.
need_app() {
    app_digest=$(sources_of_app | digest)
    is_made "$private" app "$app_digest" || need_shared_jars
    once app "$app_digest" make_app
    app=$(readlink -f "$private/app")
}

sources_of_app() { sources_of_jars && sha256sum libexec/door/java.sh; }

# The words go to the bot's main, with Java's options for this build.
bot() { java "@$app/java.args" io.signalbox.Signalbox "$@"; }

make_app() {
    new_app=$private/app.$1
    if shares_tools; then
        rm -rf "$new_app"
        cp -r "$private/jars/" "$new_app"
    else
        make_jars "$new_app"
    fi
    make_archive "$new_app"
    point_at app "$1"
}

# Java's options for every start, as one file of arguments: the class path in Maven's order, and the archive of loaded
# classes (half of the time to the first answer) that is only valid for just that class path.
make_archive() {
    {
        printf '%s\n' '-XX:+UseSerialGC' '-XX:+ExitOnOutOfMemoryError' '-Xmx256m' '-Djava.awt.headless=true'
        # Names are resolved as the machine does, not by a DNS client of Vert.x' own.
        printf '%s\n' '-Dvertx.disableDnsResolver=true'
        printf '%s\n%s' '-cp' "\"$1/signalbox.jar"
        tr ':' '\n' <"$1/jars" | sed "s|.*/|:$1/lib/|" | tr -d '\n'
        printf '"\n'
    } >"$1/java.args"
    if ! java "-XX:ArchiveClassesAtExit=$1/signalbox.jsa" -Xlog:disable @"$1/java.args" io.signalbox.Signalbox --version \
        </dev/null >"$1/archive.log" 2>&1; then
        fail "the bot that was built does not start; what it said:" "$(cat "$1/archive.log")"
    fi
    printf '%s\n' "-XX:SharedArchiveFile=$1/signalbox.jsa" '-Xlog:cds=off' '-Xlog:cds+dynamic=off' >>"$1/java.args"
}
