# What the tests of the editors share; each is a script of its own that reads this file first, with its own arguments.
# A test prints "ok: …", "FAIL: …" or "skipped: …", a line each, and `finish` adds them up.
set -u -o pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=$repository/.cache
program=${COLUMNIST:-${CARGO_TARGET_DIR:-$repository/target}/debug/columnist}
passed=0 failed=0 skipped=0

case ${1:-} in
    '') wanted= ;;
    --install) wanted=yes ;;
    *) echo "$0: \`$1\` is not known; try --install, or nothing" >&2; exit 2 ;;
esac
if [ ! -x "$program" ]; then
    echo "$0: there is no program at $program: name it in \$COLUMNIST, or run \`cargo build\`" >&2
    exit 2
fi

# A folder that goes when the test ends, with the example report to work on and the program in a folder by itself.
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cp -R "$repository/examples" "$work/examples"
# A reference that leads nowhere, which every editor must show.
printf '# 4 Een los eind\n\nZie hoofdstuk 7 van dit verslag.\n' > "$work/examples/report/4-los-eind.md"
mkdir "$work/bin" && ln -s "$(realpath "$program")" "$work/bin/columnist"
export PATH="$work/bin:$PATH" EXAMPLES="$work/examples" REPOSITORY="$repository"

# debian PACKAGE...: installs what is missing of these.
debian() {
    local package missing=()
    for package in "$@"; do
        dpkg-query --show --showformat '${db:Status-Status}' "$package" 2> /dev/null | grep -q '^installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo --non-interactive)
    # Another installation may be going on: wait for it.
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq)
    "${apt[@]}" update > /dev/null && "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" > /dev/null
}

# newer_debian: Helix and Neovim 0.10 out of Debian 13, unpacked and not installed, so that they disturb nothing.
newer_debian=$cache/debian-13
newer_debian() {
    [ -x "$newer_debian/usr/bin/nvim" ] && return
    debian mmdebstrap && rm -rf "$newer_debian" &&
        mmdebstrap --quiet --variant=extract --include=hx,neovim trixie "$newer_debian"
}

# from_newer_debian PROGRAM ARGUMENT...: runs a program that newer_debian unpacked, with the libraries that it came with.
from_newer_debian() {
    local libraries=$newer_debian/usr/lib/x86_64-linux-gnu
    "$newer_debian/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" "$newer_debian$1" "${@:2}"
}

# in_editor NAME COMMAND...: runs a test and counts what it printed; it must end within eight minutes, on the slowest machine.
in_editor() {
    echo "-- $1"
    local output status
    output=$(timeout --kill-after=5 480 "${@:2}" 2>&1 < /dev/null)
    status=$?
    if [ $status -eq 0 ]; then grep -aE '^(ok|FAIL|skipped): ' <<< "$output"; else echo "$output"; fi
    passed=$((passed + $(grep -ac '^ok: ' <<< "$output")))
    skipped=$((skipped + $(grep -ac '^skipped: ' <<< "$output")))
    local failures
    failures=$(grep -ac '^FAIL: ' <<< "$output")
    if [ $status -ne 0 ] && [ "$failures" -eq 0 ]; then
        echo "FAIL: $1 ended with $status"
        failures=1
    fi
    failed=$((failed + failures))
}

# skip WHAT WHY: says that something is not tested.
skip() {
    echo "skipped: $1: $2"
    skipped=$((skipped + 1))
}

# finish: the sum, and the end.
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
