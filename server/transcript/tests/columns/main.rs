//! The column model as it is shipped: pages drawn with `‖` where a right cell starts come out as drawn, texts without columns
//! are left alone, and whatever the text, every word is in one cell and the repair keeps it.

mod in_a_text;
mod left_alone;

use std::path::Path;
use std::sync::LazyLock;

use columnist_transcript::analysis::Analysis;
use columnist_transcript::columns::{Block, Columns, Model, Place, find, repair};
use columnist_transcript::finding::apply;
use columnist_transcript::lines::{Format, Lines};
use proptest::prelude::*;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(data("junctions.bin"), &data("judge.bin")).expect("the model is whole"));

/// A file of the shipped model.
fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    std::fs::read(folder.join(name)).expect("the model lies in data/")
}

/// The text with `‖ ` before every cell but those of the left column, and ` |` after lines that are no part of a block.
fn drawn(text: &str, columns: &Columns) -> String {
    let lines = Lines::new(text);
    let mut marks: Vec<(usize, &str)> = Vec::new();
    for line in (0..lines.len()).filter(|line| !lines.line(*line).is_empty()) {
        match columns.block_at(line) {
            Some(block) => {
                let cells = &block.rows[line - block.lines().start].cells;
                let right = cells.iter().filter(|cell| cell.place != Place::Column(0));
                marks.extend(right.map(|cell| (cell.span.start, "‖ ")));
            }
            None => marks.push((lines.span(line).end, " |")),
        }
    }
    let mut drawn = text.to_owned();
    marks.into_iter().rev().for_each(|(at, mark)| drawn.insert_str(at, mark));
    drawn
}

/// The text of a page that is drawn so.
fn bare(page: &str) -> String {
    page.replace("‖ ", "").replace(" |\n", "\n")
}

fn check(page: &str) {
    let text = bare(page);
    let found = drawn(&text, &find(&Lines::new(&text), &[], &MODEL));
    assert_eq!(found, page);
}

#[test]
fn an_english_page_in_wide_columns_of_spaces() {
    check(
        "\
The council met eleven times in the course of the          ‖ The third matter was the bridge over the old canal,
year. Most of its time went to the budget, which           ‖ which had been closed to lorries since the autumn.
was adopted in the last week of November after a           ‖ Engineers found that two of its piers had settled by
long debate about the price of water.                      ‖ more than was thought. It will have to be rebuilt,
Two members left the council and were replaced by          ‖ and the money for that is not in this budget. The
the next on the list of their party.                       ‖ council asked for a plan before the summer.
",
    );
}

/// Two columns with one space between them.
const COUNCIL: &str = "\
The council met eleven times in the course of the ‖ The third matter was the bridge over the old canal,
year. Most of its time went to the budget, which ‖ which had been closed to lorries since the autumn.
was adopted in the last week of November after a ‖ Engineers found that two of its piers had settled by
long debate about the price of water. ‖ more than was thought. It will have to be rebuilt,
Two members left the council and were replaced by ‖ and the money for that is not in this budget. The
the next on the list of their party. ‖ council asked for a plan before the summer.
";

/// A page in Polish, set in Times; in Finnish, set in Helvetica; in Turkish, set in Times.
#[test]
fn languages_of_less_prose_are_known_too() {
    check(
        "\
Rada zebrała się w ciągu roku jedenaście razy. ‖ Trzecią sprawą był most nad starym kanałem,
Najwięcej czasu zajął jej budżet, który przyjęto w ‖ zamknięty dla ciężarówek od jesieni. Inżynierowie
ostatnim tygodniu listopada po długiej dyskusji o ‖ stwierdzili, że dwa z jego filarów osiadły bardziej, niż
cenie wody. Dwóch członków opuściło radę, a na ‖ sądzono. Most trzeba będzie zbudować na nowo, a
ich miejsce weszli następni z listy tej samej partii. ‖ pieniędzy na to w tym budżecie nie ma. Rada
Nowy przewodniczący objął urząd w marcu i zapewnił, ‖ poprosiła o plan przed latem, aby prace mogły zacząć
że posiedzenia będą odtąd jawne dla wszystkich ‖ się w następnym roku, zanim woda w kanale
mieszkańców. Protokoły leżą w bibliotece i można je ‖ zamarznie. Do tego czasu przez most wolno
tam przeczytać. ‖ przechodzić tylko pieszo.
",
    );
    check(
        "\
Valtuusto kokoontui vuoden aikana yksitoista ‖ Kolmas asia oli vanhan kanavan silta, joka on
kertaa. Eniten aikaa vei talousarvio, joka ‖ ollut syksystä lähtien suljettu kuorma-autoilta.
hyväksyttiin marraskuun viimeisellä viikolla ‖ Insinöörit totesivat, että kaksi sen pilaria oli
pitkän veden hintaa koskevan keskustelun ‖ painunut enemmän kuin luultiin. Silta on
jälkeen. Kaksi jäsentä jätti valtuuston, ja ‖ rakennettava uudelleen, eikä siihen ole rahaa
heidän tilalleen tulivat puolueen listan ‖ tässä talousarviossa. Valtuusto pyysi
seuraavat. Uusi puheenjohtaja aloitti ‖ suunnitelmaa ennen kesää, jotta työt voisivat
maaliskuussa ja ilmoitti, että kokoukset ovat ‖ alkaa seuraavana vuonna ennen kuin vesi
tästä lähtien avoimia kaikille asukkaille. ‖ jäätyy.
",
    );
    check(
        "\
Meclis yıl içinde on bir kez toplandı. En çok ‖ Üçüncü konu, sonbahardan beri kamyonlara kapalı
zamanı, suyun fiyatı üzerine uzun bir tartışmadan ‖ olan eski kanalın üzerindeki köprüydü.
sonra kasım ayının son haftasında kabul edilen ‖ Mühendisler, köprünün iki ayağının sanıldığından
bütçe aldı. İki üye meclisten ayrıldı ve yerlerine ‖ daha fazla çöktüğünü gördüler. Köprünün yeniden
partilerinin listesindeki sıradaki kişiler geçti. Yeni ‖ yapılması gerekecek, ama bunun için bu bütçede
başkan mart ayında göreve başladı ve toplantıların ‖ para yok. Meclis, işlerin gelecek yıl kanaldaki su
bundan böyle herkese açık olacağını duyurdu. ‖ donmadan başlayabilmesi için yazdan önce bir plan
‖ istedi.
",
    );
}

#[test]
fn a_heading_at_the_head_of_the_page_stands_over_its_columns() {
    check(&format!("# 3 The council |\n{COUNCIL}"));
}

#[test]
fn a_heading_goes_on_in_no_sentence() {
    check(
        "\
The survey of the canals was made in four parts, and ‖ each of the boats was weighed empty before it took in
every part was done by a crew of its own. The first ‖ its first load, and once more after the last one of the
part took in the old harbour and the two locks that ‖ day. Of two weights that differed the clerk had every
lead to the river, and was finished before the frost. ‖ reason to ask for another, and as a rule the record
3.2 Soundings and Comparison
‖ of the heavier one was kept. The scales were those of
Each crew sounded the bed of its canals at every tenth
‖ the grain office, and were tested twice a year by the
yard and wrote the depth down on a chart of linen. The
‖ wharf. Seven boats were found to leak, and three of them
charts were copied in the evening by two clerks, and a
‖ had to be broken up. The others were caulked and tarred,
third compared both copies with the book of the crew.
‖ and were back at work within the month of their loading.
Where they differed, the canal was sounded once more ‖ The masters of the boats were asked for their books, of
on the next day, and the older figure was struck out. ‖ which forty had been kept and nine had been lost.
",
    );
}

/// The last column ends first.
const CANALS: &str = "\
The survey of the canals was made in four parts, and ‖ each of the boats was weighed empty before it took in
every part was done by a crew of its own. The first ‖ its first load, and once more after the last one of the
part took in the old harbour and the two locks that ‖ day. The scales were those of the grain office on the
lead to the river, and was finished before the frost. ‖ quay, which are tested twice a year.
Each crew sounded the bed of its canals at every tenth ‖ The masters of the boats were asked for their books, of
yard and wrote the depth down on a chart of linen. The ‖ which forty had been kept and nine had been lost.
charts were copied in the evening by two clerks, and a
third compared both copies with the book of the crew.
Where they differed, the canal was sounded once more
on the next day, and the older figure was struck out.
Nobody was paid for a day on which it had to be done
twice, so that the crews soon learned to read the line.
";

#[test]
fn the_last_column_of_a_text_is_the_short_one() {
    check(CANALS);
}

/// Half a page of formulas and figures takes nothing from what stands beside them.
#[test]
fn prose_beside_formulas_and_a_table_is_still_split() {
    let prose = "\
The survey of the canals was made in four parts, and ‖ each of the boats was weighed empty before it took in
every part was done by a crew of its own. The first ‖ its first load, and once more after the last one of the
part took in the old harbour and the two locks that ‖ day. The scales were those of the grain office on the
lead to the river, and was finished before the frost. ‖ quay, which are tested twice a year.
";
    let rest = "\
‖ Table 2: Depth in feet
5.1 Sums
‖ A1 12.4 11.9 12.0
d = 1/3 (a + b + c) (5)
‖ A2 13.1 12.7 12.9
s = d - 1/2 (h + k) (6)
‖ A3 9.8 10.2 10.1
w = 62.4 s (1 - 0.02 s) (7)
‖ B1 11.0 10.8 11.3
v = 2.4 w / (w + 11.8) (8)
‖ B2 12.2 12.2 12.4
q = 0.7 v + 0.3 w (9)
‖ C1 14.7 14.9 14.6
The mean of three soundings was held to be true, unless ‖ C2 8.1 8.4 8.2
one of them was more than a foot off; then the crew had ‖ C3 8.8 8.6 8.9
to tell the clerk why, and he wrote that in the margin. ‖ D1 10.2 10.0 10.4
";
    let text = bare(&[prose, rest].concat());
    let found = drawn(&text, &find(&Lines::new(&text), &[], &MODEL));
    assert!(found.starts_with(prose), "{found}");
}

/// Both columns are full to the end.
const PLATES: &str = "\
The survey of the canals was made in four parts, and ‖ each of the boats was weighed empty before it took in
every part was done by a crew of its own. The first ‖ its first load, and once more after the last one of the
part took in the old harbour and the two locks that ‖ day. The scales were those of the grain office on the
lead to the river, and was finished before the frost. ‖ quay, which are tested twice a year. Where two weights
Each crew sounded the bed of its canals at every tenth ‖ differed by more than a hundred pounds, the boat was
yard and wrote the depth down on a chart of linen. The ‖ taken off the list and looked at by the wharf.
charts were copied in the evening by two clerks, and a ‖ The masters of the boats were asked for their books, of
third compared both copies with the book of the crew. ‖ which forty had been kept and nine had been lost.
";

/// The lines below the plate break where those of a column do: they are of the left one, and nothing of them is merged.
#[test]
fn a_column_that_stands_alone_is_the_left_one() {
    let page = format!(
        "{PLATES}\
Plate 4: the old harbour and both of its locks as they were in the summer before the survey, drawn by the second |
crew from the tower of the church. |
Where they differed, the canal was sounded once more
on the next day, and the older figure was struck out.
Nobody was paid for a day on which it had to be done
twice, so that the crews soon learned to read the line.
A crew that had read it rightly for a whole month was
given a chart of its own, with its names on the border.
The oldest of these charts hangs in the office to this
day, and the rest are lent to whoever asks for them.
"
    );
    check(&page);
    let merged: Vec<bool> = find(&Lines::new(&bare(&page)), &[], &MODEL).blocks.iter().map(Block::is_merged).collect();
    assert_eq!(merged, [true, false]);
}

/// Nowhere are there eight lines in a row that look split.
#[test]
fn columns_are_found_where_every_other_line_is_of_one() {
    check(
        "\
The survey of the canals was made in four parts, and
every part was done by a crew of its own. The first part
took in the old harbour and the two locks that lead to ‖ The harbour was dredged in the spring of that year, and
the river, and was finished before the frost. Each crew ‖ the mud was taken to the old quarry behind the railway.
‖ That took eleven weeks instead of the six that had been
sounded the bed of its canals at every tenth yard and ‖ planned, because the crane broke down twice and because
wrote the depth down on a chart of linen. The charts
‖ the quarry could not be reached after heavy rain. In the
were copied in the evening by two clerks, and a third
‖ end the work cost a third more than the council had put
compared both copies with the book of the crew. Where ‖ aside for it. The money came from the fund for the
‖ roads, so that two of them were not mended before the
they differed, the canal was sounded once more on the ‖ autumn. The council has asked the engineer to look into
‖ this and to say how such a thing can be foreseen. His
‖ report will be read in January. He has already said that
next day, and the older figure was struck out. ‖ the depth of the mud was measured in only four places,
‖ and that it was twice as deep in the corner by the
",
    );
}

/// Hardly a line holds all three: the widths of lines alone fit two as well.
#[test]
fn three_columns_are_found_where_hardly_a_line_holds_all_of_them() {
    let page = "\
Schools along the river were closed ‖ lamp. ‖ third has been accepted by both
for a month. Teachers gathered ‖ parties although neither of them
‖ The cost of repairing the dike has
their pupils in barns and in the hall
‖ been estimated three times. The ‖ trusts it. The difference between the
of the parish, and the lessons went
‖ first estimate left out the sluice, the ‖ lowest and the highest sum is larger
on with what could be carried there.
‖ second counted it twice, and the ‖ than the yearly budget of the board,
The inspectors found afterwards
‖ so that the choice between them
that the children had fallen behind
‖ cannot be put off any longer than
in arithmetic but not in reading,
‖ the coming winter.
which they put down to the long
‖ Farmers on the southern bank have
evenings without light for anything
‖ asked for the right to pump at night,
else than a book held close to the
‖ when power is cheap. The
";
    check(page);
    let text = bare(page);
    let found = find(&Lines::new(&text), &[], &MODEL);
    let rows = found.blocks[0].rows.iter();
    let places: Vec<Vec<Place>> = rows.map(|row| row.cells.iter().map(|cell| cell.place).collect()).collect();
    let [left, middle, right] = [0, 1, 2].map(Place::Column);
    assert_eq!(
        places[..5],
        [vec![left, middle, right], vec![left, right], vec![middle], vec![left], vec![middle, right]]
    );
}

/// The columns begin lower and lower, and where two lines hold all three their widths say nothing of the others.
#[test]
fn three_columns_are_found_where_two_lines_hold_all_of_them() {
    let page = "\
The harbour was dredged in the spring of
that year, and the mud was taken to the old
quarry behind the railway. That took eleven
weeks instead of the six that had been
planned, because the crane broke down twice
and because the quarry could not be reached
after heavy rain. In the end the work cost a
third more than the council had put aside
for it. The money came from the fund for the ‖ such a thing can be foreseen. His report
roads, so that two of them were not mended ‖ will be read in January. He has already said
before the autumn. The council has asked the ‖ that the depth of the mud was measured in ‖ boat that the province lends, and the
engineer to look into this and to say how ‖ only four places, and that it was twice as ‖ figures are kept in a book that anybody may
‖ deep in the corner by the shipyard. A second ‖ read. Nobody had asked the fishermen what
‖ look would have cost little. From now on the ‖ they thought of it. They met in the inn by
‖ depth is measured every second year, by a ‖ the lock and wrote a letter to the mayor, in
‖ which they asked for a place to dry their
‖ nets and for a lower fee in the winter
‖ months. The mayor answered within a week.
‖ With the rest of what was saved on the quay
‖ the council wants to buy the strip of land
‖ between the lock and the mill, where a shed
‖ for boats could stand that now lie in the
‖ open all winter.
";
    check(page);
    let text = bare(page);
    let found = find(&Lines::new(&text), &[], &MODEL);
    let cells: Vec<usize> = found.blocks[0].rows.iter().map(|row| row.cells.len()).collect();
    assert_eq!((found.blocks[0].columns, cells.iter().filter(|cells| **cells == 3).count()), (3, 2), "{cells:?}");
}

/// As narrow as a heading of either column, it stands over both.
#[test]
fn a_line_that_names_the_chapter_is_of_no_column() {
    check(
        "\
Office of Harbours and Canals 155 |
Chapter 6 |
The committee visited the old harbour ‖ In the summer the water stood higher
in the spring and spoke with the ‖ than the gauges had been built for.
people who work there every day. Most ‖ The keeper of the eastern lock wrote
of them remember the years in which ‖ down the level by hand for eleven
the quays were full from one end to ‖ days, since the recorder had been
the other, and none of them expects ‖ under water from the second night on.
those years to come back. What they ‖ His notebook is the only source that
",
    );
}

/// What the edge of a column cut off is the other half of the word above it, however well what follows would go on from there.
#[test]
fn the_halves_of_a_word_stay_in_one_column() {
    check(
        "\
The cost of repairing the dike has been ‖ Of the forty bridges that were inspected,
estimated three times. The first estimate ‖ nine carry more traffic than they were
left out the sluice, the second counted it ‖ designed for. Two of these have been clos-
twice, and the third has been accepted by ‖ ed to lorries since. For the others a plan
both parties although neither of them tru- ‖ is being made that spreads the work over
sts it. The difference between the lowest ‖ six years, beginning with the bridge at
and the highest sum is larger than the ‖ the mill, whose northern bearing has moved
yearly budget of the board, so that the ‖ by the width of a hand since the war.
",
    );
}

/// The numbers of every fifth line are of neither column, and tell where the line splits.
#[test]
fn the_numbers_of_lines_stand_aside() {
    let lines: Vec<&str> =
        COUNCIL.lines().chain(COUNCIL.lines()).chain(COUNCIL.lines()).chain(COUNCIL.lines()).collect();
    let number = |at: usize, line: &str| match (at + 1) % 5 {
        0 => line.replace("‖", &format!("‖ {} ‖", at + 1)) + "\n",
        _ => line.to_owned() + "\n",
    };
    check(&lines.iter().enumerate().map(|(at, line)| number(at, line)).collect::<String>());
}

#[test]
fn a_running_header_of_two_halves_is_told_by_its_folio() {
    check(&format!(
        "The council of Oostdijk and its work in the year The report to the people of the town 128 |\n{COUNCIL}"
    ));
}

#[test]
fn a_picture_ends_the_columns_above_it() {
    let page = format!("{COUNCIL}\n![The bridge, seen from the mill](bridge.png) |\n\nFigure 1: The bridge |\n");
    let text = bare(&page);
    assert_eq!(drawn(&text, &Analysis::new(&text, Format::Markdown, &MODEL).columns), page);
}

#[test]
fn lines_of_one_column_stay_in_it_however_many_they_are() {
    check(
        "\
The harbour was dredged in the spring of that year, and ‖ Nobody had asked the fishermen what they thought of
the mud was taken to the old quarry behind the railway. ‖ it. They met in the inn by the lock and wrote a letter
That took eleven weeks instead of the six that had been ‖ to the mayor, in which they asked for a place to dry
planned, because the crane broke down twice and because ‖ their nets and for a lower fee in the winter months.
the quarry could not be reached after heavy rain. In the ‖ The mayor answered within a week.
end the work cost a third more than the council had put
aside for it. The money came from the fund for the roads,
so that two of them were not mended before the autumn.
The council has asked the engineer to look into this and
to say how such a thing can be foreseen. His report will
be read in January. He has already said that the depth of
the mud was measured in only four places, and that it was
twice as deep in the corner by the shipyard. A second look
would have cost little. From now on the depth is measured
every second year, by a boat that the province lends, and
the figures are kept in a book that anybody may read. The
shipyard pays for its own corner, as the lease has always
said and as nobody had remembered. With the rest of what
was saved on the quay the council wants to buy the strip
of land between the lock and the mill, where a shed for
boats could stand that now lie in the open all winter.
",
    );
}

/// Lines of words of several scripts, some of them long, with spaces, tabs and blank lines among them.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9}",
        "[A-Z][a-z]{2,7}[.,:]?",
        "[0-9]{1,4}",
        "[a-z]{2,5}-",
        Just("é\u{1F600}".to_owned()),
        Just("•".to_owned())
    ];
    let line = proptest::collection::vec((word, "[ ]{1,3}|\t|\u{a0}"), 0..22);
    let line = line.prop_map(|words| words.into_iter().map(|(word, space)| word + &space).collect::<String>());
    (proptest::collection::vec(line, 0..30), prop_oneof![Just("\n"), Just("\r\n"), Just("\r")])
        .prop_map(|(lines, end)| lines.join(end))
}

fn sorted_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_word_of_a_block_is_in_one_cell_and_stays((text, twice) in (any_text(), any::<bool>())) {
        let text = if twice { format!("{text}\u{c}{text}") } else { text };
        let lines = Lines::new(&text);
        let columns = find(&lines, &[], &MODEL);
        let mut last = 0;
        for block in &columns.blocks {
            prop_assert!(block.lines().start >= last && !block.rows[0].cells.is_empty());
            last = block.lines().end;
            prop_assert!((0.0..=1.0).contains(&block.confidence));
            for row in &block.rows {
                let words: Vec<&str> =
                    row.cells.iter().flat_map(|cell| lines.slice(cell.span).split_whitespace()).collect();
                prop_assert_eq!(words, lines.line(row.line).split_whitespace().collect::<Vec<_>>());
                prop_assert!((0.0..=1.0).contains(&row.confidence));
            }
            let repaired = apply(&text, &repair::edits(&lines, block));
            prop_assert_eq!(sorted_words(&text), sorted_words(&repaired));
        }
        prop_assert_eq!(&columns, &find(&lines, &[], &MODEL), "the same text gives the same answer");
    }
}
