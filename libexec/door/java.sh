# The bot, built by Maven when its sources changed, and kept apart from target/, so that building under a running bot
# takes nothing away from it.

# Sets app to the folder of the build itself, not to the link: a process that runs from it names it, so it is kept.
need_app() {
    app_digest=$(sources_of_app | digest)
    if shares_tools && ! is_made "$private" app "$app_digest"; then
        once_in "$tools" "jars.$app_digest" "$app_digest" make_shared_jars
    fi
    once app "$app_digest" make_app
    app=$(readlink -f "$private/app")
}

sources_of_app() { find src/main pom.xml .mvn libexec/door/java.sh -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; }

# The words go to the bot's main, with Java's options for this build.
bot() { java "@$app/java.args" io.signalbox.Signalbox "$@"; }

# One Maven at a time in target/. All versions are fixed, so it needs the network only for what it never fetched.
maven() { flock "$private/maven.lock" ./mvnw --quiet --batch-mode --no-transfer-progress "$@"; }

make_app() {
    new_app=$private/app.$1
    if shares_tools; then
        rm -rf "$new_app"
        cp -r "$tools/jars.$1" "$new_app"
    else
        make_jars "$new_app"
    fi
    make_archive "$new_app"
    point_at app "$1"
}

make_shared_jars() { make_jars "$tools/jars.$1"; }

# make_jars FOLDER: the bot, and all that it needs in lib/.
make_jars() {
    say "building the bot (./mvnw package) into $(shown "$1")"
    rm -rf "$1"
    mkdir -p "$1/lib"
    # The class path as Maven sees it: target/lib may still hold jars of earlier versions. Layout is for the tests.
    maven -Dmaven.test.skip -Dspotless.check.skip package dependency:build-classpath -DincludeScope=runtime -Dmdep.pathSeparator=: \
        -Dmdep.outputFile="$1/jars" >&2 || fail "the bot could not be built; Maven's reason is above." \
        "If it is a mistake in src/, mend it; if the network, wait for it; then say the same again."
    cp target/signalbox.jar "$1/"
    tr ':' '\n' <"$1/jars" | xargs -d '\n' cp -t "$1/lib"
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
