# The programs of the machine: which are missing, and on Debian as root their installation, quietly (packages-quiet.sh).

# What proves that a package's part is there: a program or file. Another distribution's or a hand-made one will do.
program_of() {
    case $1 in
        openjdk-17-jdk-headless) java_17 ;;
        maven) on_path mvn ;;
        bubblewrap) on_path bwrap ;;
        git) on_path git ;;
        python3-venv) /usr/bin/python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ;;
        redis-server) on_path redis-server ;;
        openssh-client) on_path ssh && on_path ssh-keygen ;;
        openssh-server) [ -x /usr/sbin/sshd ] ;;
        haproxy) on_path haproxy ;;
        iproute2) on_path ip ;;
        sudo) on_path sudo ;;
        util-linux) on_path unshare && on_path nsenter && on_path setpriv ;;
        systemd) [ -x /usr/lib/systemd/systemd ] || [ -x /lib/systemd/systemd ] ;;
        *) misuse "no test is known for the package $1" ;;
    esac
}

java_17() { on_path javac && [ "$(javac -version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 17 ]; }

# /usr/sbin is not on everybody's PATH, and servers live there.
on_path() { PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin command -v "$1" >/dev/null; }

core_packages='bubblewrap git maven openjdk-17-jdk-headless openssh-client python3-venv redis-server'
sandbox_packages='haproxy iproute2 openssh-server sudo systemd util-linux'

# An installation that was cut off before it undid what the packages had enabled is finished first.
packages_cut_off() { [ "$(id -u)" -eq 0 ] && [ -e /var/lib/misc/signalbox-enabled-before ]; }

# need_packages NAME…
need_packages() {
    missing=
    for package; do program_of "$package" || missing="$missing $package"; done
    if packages_cut_off; then missing=" $*"; fi
    [ -z "$missing" ] && return 0
    missing=${missing# }
    if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
        fail "this machine lacks what these Debian packages bring: $missing" \
            "It has no apt-get, so they cannot be installed from here. On Debian 12 this line does it, as root:" \
            "    ./signalbox packages"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        fail "this machine lacks these packages: $missing" \
            "This line installs them without starting or enabling any service; then say the same again:" \
            "    sudo ./signalbox packages"
    fi
    if packages_cut_off; then say "an installation of packages was cut off: finishing it"; else
        say "installing the packages $missing"
    fi
    # shellcheck disable=SC2086 # a list of package names
    sh libexec/door/packages-quiet.sh $missing >&2 ||
        fail "the packages could not be installed; apt-get's reason is above." "Once the cause is gone, say the same again."
    for package in $missing; do
        program_of "$package" || fail "$package is installed, yet what it should bring is not found." \
            "Is another version before it on PATH? (java must be 17 or newer, /usr/bin/python3 3.11 or newer)"
    done
}
