#!/bin/sh
# Installs Debian packages so that no service of theirs is started or enabled: under a policy-rc.d that says no (what
# was there comes back, also after a cut-off), and with the links that enabling made taken out again.
# Usage, as root: sh packages-quiet.sh PACKAGE…

set -eu
policy=/usr/sbin/policy-rc.d
saved=$policy.before-signalbox
# What root opens by name lies where nobody else can have put a link of that name.
root_only=/var/lib/misc
before=$root_only/signalbox-enabled-before
mark='# signalbox: nothing is started while packages are installed'

restore_policy() {
    if [ -e "$saved" ]; then
        mv "$saved" "$policy"
    elif [ -e "$policy" ] && grep -qxF "$mark" "$policy"; then
        rm "$policy"
    fi
}

forbid_starts() {
    if [ -e "$policy" ]; then cp -p "$policy" "$saved.new" && mv "$saved.new" "$saved"; fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy.new"
    chmod 755 "$policy.new"
    mv "$policy.new" "$policy"
}

enabled_links() { find /etc/systemd/system /etc/systemd/user /etc/rc[0-6S].d -type l 2>/dev/null | sort; }

# systemd's own units (terminals, time) are no services of a package brought here.
is_of_systemd() { dpkg --search "*/$(basename "$1" | sed 's/@[^.]*/@/')" 2>/dev/null | grep -q '^systemd'; }

# Taking out the links is what disabling is, with or without a systemd that runs; an upgrade respects it.
disable_new() {
    enabled_links | comm -13 "$before" - >"$work/new"
    grep '^/etc/systemd/' "$work/new" | while read -r link; do
        is_of_systemd "$link" || rm "$link"
    done
    sed -n 's:^/etc/rc[0-6S]\.d/S[0-9]*::p' "$work/new" | sort -u | while read -r name; do
        update-rc.d "$name" disable >/dev/null 2>&1
    done
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

install_all() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends --no-upgrade "$@" >"$work/log" 2>&1
}

# Two folders may install at the same time.
exec 8>"$root_only/signalbox-packages.lock"
flock 8
work=$(mktemp -d)
trap 'restore_policy; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
restore_policy
# Kept on disk until all is done: after a cut-off, what the first attempt enabled still counts as new.
if [ ! -e "$before" ]; then enabled_links >"$before.new" && mv "$before.new" "$before"; fi
forbid_starts
# The lists of a new machine are empty and those of an old one out of date: only then are they fetched.
if ! install_all "$@"; then
    apt-get -qq update
    install_all "$@" || { cat "$work/log" >&2; exit 1; }
fi
disable_new
rm "$before"
