#!/bin/sh
# Install the programs that tests need from Debian or Ubuntu, where that is allowed. Elsewhere say what is missing and
# which tests are not run for it: tests/needs.py leaves them out, unless pytest's --require demands them.
set -u
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" # dpkg looks for its programs there

# Packages, whose names are those of their programs, and what the tests do with them.
wanted="chromium drive a browser
docker-registry start a registry of images
skopeo let another client read our answers
zsh complete commands in real shells
fish complete commands in real shells"

missing() {
    echo "$wanted" | while read -r package purpose; do
        command -v "$package" >/dev/null || echo "$package" "$purpose"
    done
}

names() {
    missing | while read -r package purpose; do printf ' %s' "$package"; done
}

packages=$(names)
[ -z "$packages" ] && exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if ! command -v apt-get >/dev/null; then
    reason="there is no apt-get here"
elif ! $as_root true 2>/dev/null; then
    reason="run: sudo apt-get install$packages"
else
    echo "Installing:$packages" >&2
    $as_root apt-get update -qq
    # One by one: a package that a release lacks keeps no other away. The fonts are for the browser's screenshots.
    for package in $packages fonts-noto-cjk; do
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends "$package" >/dev/null
    done
    reason="apt-get did not install it"
fi
missing | while read -r package purpose; do
    echo "$package is missing ($reason): tests that $purpose are not run" >&2
done
