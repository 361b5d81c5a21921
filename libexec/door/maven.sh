# The bot's jars, by Maven. Checkouts that share their tools share these as well: a release that changes no line of Java
# takes seconds.

# One Maven at a time in target/. All versions are fixed, so it needs the network only for what it never fetched.
maven() { flock "$private/maven.lock" ./mvnw --quiet --batch-mode --no-transfer-progress "$@"; }

sources_of_jars() { find src/main pom.xml .mvn libexec/door/maven.sh -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; }

# Where they are shared, .signalbox/jars leads to them: what a checkout was made from is kept as long as it is.
need_shared_jars() {
    if shares_tools; then
        jars_digest=$(sources_of_jars | digest)
        once_in "$tools" "jars.$jars_digest" "$jars_digest" make_shared_jars
        lead_to jars "$tools/jars.$jars_digest"
    fi
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
