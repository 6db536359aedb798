# Other languages in Latin script, of which less is to be had: help of LibreOffice and of the desktops' programs, a game's
# stories, manual pages, the handbook of Debian. So much of each source at most.
most=600000

unpack gnome-user-docs
unpack debian-handbook
for package in "${programs[@]}"; do unpack "$package"; done
for campaign in "${campaigns[@]}"; do unpack "wesnoth-1.16-$campaign"; done

# Language, and its names as that of the game's stories and of the handbook.
while read -r language game handbook; do
    gather_help "$language" gnome-user-docs "${programs[@]}"
    html "$language" manuals $most "$work/help/$language" "$folder/en-manuals.txt"
    gather_stories "$game"
    html "$language" game $most "$work/game/$game" "" 100
    if [ -n "${handbook:-}" ]; then
        html "$language" handbook $most "$packages/debian-handbook/usr/share/doc/debian-handbook/html/$handbook" "$folder/en-handbook.txt"
    fi
done << 'END'
ca ca ca-ES
cs cs cs-CZ
et et
eu eu
fi fi
gl gl
hr hr hr-HR
hu hu
id id id-ID
lt lt
lv lv
nb nb_NO nb-NO
pl pl pl-PL
ro ro ro-RO
sk sk
sl sl
tr tr tr-TR
vi vi vi-VN
END

for language in ca cs et eu fi gl hu id pl sk sl tr vi; do
    unpack "libreoffice-help-$language"
    html "$language" office $most "$packages/libreoffice-help-$language" "$folder/en-office.txt"
done
for language in cs fi hu id nb pl ro tr vi; do
    unpack "manpages-$language"
    gather_manuals "$language" "$work/system/$language"
    html "$language" system $most "$work/system/$language"
done
unpack debian-edu-doc-nb-no
html nb edu $most "$packages/debian-edu-doc-nb-no" "$folder/en-edu.txt"
