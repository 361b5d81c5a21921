# What a start loads: the bot that was built starts once, in a small demo of its own, before it starts in earnest.

# The names of the classes that the bot loaded are in $app/classes.1 then, and what was said is in $app/rehearsal.log.
# Kafka's broker is left out: what both load would make each of them larger in memory.
rehearse() {
    # In a shell of its own: a demo is ended when its shell is.
    (
        new_demo
        start_parts "$demo/bot/local" kafka redis
        JDK_JAVA_OPTIONS="-XX:DumpLoadedClassList=$app/classes.1"
        export JDK_JAVA_OPTIONS
        start_small
        unset JDK_JAVA_OPTIONS
        play_files libexec/door/rehearsal.chat
    ) >"$app/rehearsal.log" 2>&1
}
