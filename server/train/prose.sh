#!/usr/bin/env bash
# Gathers the prose that the model learns from, besides what is at hand: running text out of Debian's documentation
# packages, a text file a language and source.
#
#   server/train/prose.sh FOLDER      needs apt-get, dpkg, bzip2, gettext, mandoc, jq, npm and a built columnist-train
#                                     (in $TRAIN, or target/release)
#
# $PACKAGES names a folder where the packages stay unpacked, for the next run; without it they are unpacked to a
# temporary one. PARTS names the parts to gather, of those in `server/train/prose`; without it those that the shipped model
# has learnt from, which are all but `others`.
set -eu -o pipefail
folder=${1:?name the folder to write to}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/../.."
train=${TRAIN:-$PWD/target/release/columnist-train}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
packages=${PACKAGES:-$work/packages}
mkdir -p "$packages"

# unpack PACKAGE: fetches a package and unpacks what may be text of it to $packages/PACKAGE, unless it is there.
unpack() {
    [ -d "$packages/$1" ] && return
    (
        cd "$work"
        apt-get download -qq "$1"
        mkdir "$1"
        dpkg-deb --fsys-tarfile "$1"_*.deb | tar -x -C "$1" --exclude-from=<(printf '%s\n' '*.png' '*.svg' '*.jpg' '*.pdf*' \
            '*.ogg' '*.so*' '*/bin/*' '*/icons/*' '*/images/*' '*/rdb/*' '*.rds' '*.rda')
        rm "$1"_*.deb
        mv "$1" "$packages/"
    )
}

# html LANGUAGE NAME MOST FOLDER [WITHOUT [SHORTEST]]: the running text of the files under a folder, to
# LANGUAGE-NAME.txt. Where nothing is found, no file is left.
html() {
    [ -d "$4" ] || return 0
    local to=$folder/$1-$2.txt
    "$train" prose --most "$3" ${5:+--without "$5"} ${6:+--shortest "$6"} "$4" -o "$to"
    [ -s "$to" ] || rm "$to"
}

# Portuguese is read as written in Portugal and in Brazil, into two files.
languages=(en da nl sv pt pt_BR de fr es it)

# named LANGUAGE NAME: sets $language and $name of the text file, and $english, the file to do without.
named() {
    language=${1%_BR} name=$2
    [ "$1" = pt_BR ] && name=$2br
    english=$folder/en-$2.txt
    [ "$1" != en ] && [ -f "$english" ] || english=
}

# The help of GNOME's and MATE's programs.
programs=(
    accerciser aisleriot atril-common baobab bijiben brasero-common cheese-common devhelp-common engrampa-common
    eog eom-common epiphany-browser-data evince-common evolution-common file-roller five-or-more four-in-a-row
    gbrainy gedit-common ghex glabels-data glade glom-doc gnome-applets-data gnome-boxes gnome-calculator
    gnome-chess gnome-clocks gnome-devel-docs gnome-dictionary gnome-klotski gnome-logs gnome-mahjongg
    gnome-mastermind gnome-mines gnome-music gnome-nibbles gnome-panel-data gnome-photos gnome-robots
    gnome-sudoku gnome-system-monitor gnome-terminal-data gnome-tetravex gnote gnumeric-doc goobox gthumb-data
    gucharmap hitori iagno lightsoff marco-common mate-applets-common mate-calc-common
    mate-control-center-common mate-panel-common mate-power-manager-common mate-sensors-applet-common
    mate-system-monitor-common mate-terminal-common mate-user-guide mate-utils-common orca pluma-common
    quadrapassel rhythmbox-data seahorse simple-scan sound-juicer swell-foop tali totem-common vinagre
    zenity-common
)
# The campaigns of a game.
campaigns=(data did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs)

# gather_help CODE PACKAGE...: gathers the help of some programs in a language under $work/help/CODE.
gather_help() {
    local code=$1 package help
    shift
    for package in "$@"; do
        help=$packages/$package/usr/share/help/$code
        [ "$code" = en ] && help=$packages/$package/usr/share/help/C
        [ -d "$help" ] || continue
        mkdir -p "$work/help/$code"
        cp -r "$help" "$work/help/$code/$package"
    done
}

# gather_stories CODE: the messages of the campaigns in a language under $work/game/CODE. The text of a message is joined from
# its lines, markup taken out.
gather_stories() {
    local messages
    mkdir -p "$work/game/$1"
    for messages in "$packages"/wesnoth-1.16-*/usr/share/games/wesnoth/1.16/locale/"$1"/LC_MESSAGES/*.mo; do
        [ -f "$messages" ] || continue
        msgunfmt --no-wrap "$messages" |
            awk '/^msgid/ { on = 0 }
                /^msgstr/ { print text; text = ""; on = 1; sub(/^msgstr(\[[0-9]*\])? /, "") }
                on && /^"/ { text = text substr($0, 2, length($0) - 2) }
                END { print text }' |
            sed 's/\\n/\n/g; s/\\"/"/g; s/<[^>]*>//g' | { grep -v '[a-z]=' || true; } > "$work/game/$1/$(basename "$messages" .mo).txt"
    done
}

# gather_manuals CODE FOLDER: the manual pages in a language, as HTML, to a folder. $packages/manpages-CODE has them.
gather_manuals() {
    local page dash
    dash=$(tr '_A-Z' '-a-z' <<< "$1")
    mkdir -p "$2"
    find "$packages/manpages-$dash" -path "*/man/$1/*" -name '*.gz' -type f | sort | while read -r page; do
        zcat "$page" | mandoc -K utf-8 -T html > "$2/$(basename "$page" .gz).html" || true
    done
}

for part in ${PARTS:-documentation more}; do
    # shellcheck source=/dev/null
    . "server/train/prose/$part.sh"
done
