#!/bin/sh
# Install the Debian packages that tests need where that is allowed; else say exactly what is missing and fail.
set -eu

# chromium: the browser tests. docker-registry: a real registry to ask. skopeo: a peer that must read the
# same answers. fonts-noto-cjk: Japanese, Korean and Chinese in screenshots. zsh, fish: shells that complete.
packages="chromium docker-registry skopeo fonts-noto-cjk zsh fish"

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "The tests need these Debian packages, and there is no apt-get here:$missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "The tests need these Debian packages. Run: sudo apt-get install$missing" >&2
    exit 1
fi
echo "Installing:$missing" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names, to be split
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $missing >/dev/null
