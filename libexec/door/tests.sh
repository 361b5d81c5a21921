# The tests, stage after stage; the first that fails ends it. pytest comes last, so its closing line is the last one.

stage() { say "test: $*"; }
failed() { fail "test: $1 failed; what it found is above." "Alone and again: ./signalbox test $1"; }

tool() {
    tool=$1
    shift
    PATH=$private/venv/bin:$PATH "$python" "$private/venv/bin/$tool" "$@"
}

test_lint() {
    stage "lint (shellcheck, yamllint, ansible-lint, names)"
    shell_scripts=$(git ls-files -co --exclude-standard | while read -r file; do
        case $(head -c 32 "$file" 2>/dev/null | tr -d '\0' | head -n 1) in
            '#!/bin/sh'* | '#!/bin/bash'* | '#!/bin/dash'*) printf '%s\n' "$file" ;;
        esac
    done)
    # The parts of the door are read with it: on their own they name what other parts define.
    # shellcheck disable=SC2086 # file names of ours, without blanks
    "$private/venv/bin/shellcheck" --external-sources --check-sourced $shell_scripts || failed lint
    tool yamllint --strict . || failed lint
    tool ansible-lint --offline || failed lint
    "$python" libexec/door/names.py || failed lint
}

test_java() {
    stage "java (formatter, Error Prone, unit and integration tests against a real Kafka and Redis)"
    # shellcheck disable=SC2086 # words without blanks, or none
    maven verify $more_walks || failed java
}

# test_python [--all] WHAT…
test_python() {
    stage "python ($*)"
    "$python" -m pytest "$@"
}

run_tests() {
    marks='not slow' more_walks=
    if [ "${1-}" = --all ]; then
        marks='slow or not slow' more_walks='-Djqwik.tries.default=3000 -Dsignalbox.all=true'
        shift
    fi
    # A leaked setting, endpoint or profile of the caller must not reach a test.
    forget SIGNALBOX_ AWS_ ANSIBLE_
    case ${1-everything} in
        everything)
            test_lint
            test_java
            # Two lanes, a file in one of them: what waits in one leaves its core to the other.
            test_python -m "$marks" -n 2 --dist loadfile --no-loadscope-reorder tests sandbox/tests
            ;;
        lint | java) "test_$1" ;;
        python) test_python -m "$marks" --ignore tests/conversations tests sandbox/tests ;;
        conversations) test_python -m "$marks" tests/conversations ;;
        *.chat) test_conversation "$(from_caller "$1")" ;;
        *) test_file "$@" ;;
    esac
}

# Just this one, wherever it lies; what begins with small is played in the demo that needs no root.
test_conversation() {
    [ -f "$1" ] || misuse "test: there is no conversation $1"
    case ${1##*/} in
        small*) tests=tests/conversations/test_small_conversations.py ;;
        *) tests=tests/conversations/test_conversations.py ;;
    esac
    test_python -m 'slow or not slow' "$tests" --conversation "$1"
}

# test_file FILE[::NAME] [OPTION…]
test_file() {
    named=$(from_caller "$1")
    [ -e "${named%%::*}" ] ||
        misuse "test: there is no '$1'; there is lint, java, python, conversations, a test file or a .chat file"
    shift
    test_python -m 'slow or not slow' "$named" "$@"
}
