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
    app=$new_app
    make_archive "$new_app"
    point_at app "$1"
}

# Java's options for every start, as one file of arguments: the class path in Maven's order, and the archive of loaded
# classes (a third of the time to the first answer) that is only valid for just that class path.
make_archive() {
    {
        printf '%s\n' '-XX:+UseSerialGC' '-XX:+ExitOnOutOfMemoryError' '-Xms32m' '-Xmx256m' '-Djava.awt.headless=true'
        # The quick compiler alone: most of what the bot does is done once, and what the thorough one needs is half of the start.
        printf '%s\n' '-XX:TieredStopAtLevel=1'
        # Netty's events for the flight recorder would be made at each start; nobody records them.
        printf '%s\n' '-Dio.netty.jfr.enabled=false'
        # Names are resolved as the machine does, not by a DNS client of Vert.x' own.
        printf '%s\n' '-Dvertx.disableDnsResolver=true'
        printf '%s\n%s' '-cp' "\"$1/signalbox.jar"
        tr ':' '\n' <"$1/jars" | sed "s|.*/|:$1/lib/|" | tr -d '\n'
        printf '"\n'
    } >"$1/java.args"
    if ! java "-XX:DumpLoadedClassList=$1/classes.0" @"$1/java.args" io.signalbox.Signalbox --version </dev/null >"$1/archive.log" 2>&1; then
        fail "the bot that was built does not start; what it said:" "$(cat "$1/archive.log")"
    fi
    rehearse || say "the bot could not be rehearsed, so that its starts take longer; $(shown "$1")/rehearsal.log says why"
    # Each name once, and no lambda of a class file as old as picocli's: Java 17 dies on both.
    cat "$1"/classes.* | grep -v '^@lambda-proxy .*Lpicocli/' | awk '!seen[$0]++' >"$1/classes"
    rm "$1"/classes.*
    if java "-XX:ErrorFile=$1/archive.error" @"$1/java.args" -Xshare:dump "-XX:SharedClassListFile=$1/classes" \
        "-XX:SharedArchiveFile=$1/signalbox.jsa" >"$1/archive.log" 2>&1; then
        printf '%s\n' "-XX:SharedArchiveFile=$1/signalbox.jsa" '-Xlog:cds=off' >>"$1/java.args"
    else
        say "the archive of its classes could not be made, so that its starts take longer; $(shown "$1")/archive.log says why"
    fi
}
