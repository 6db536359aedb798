# Office, desktop and pictures, the handbooks of Debian, dictionaries and sayings.

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
