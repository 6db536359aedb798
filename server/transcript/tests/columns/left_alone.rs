//! Texts without columns: prose, lists, tables, comments. They are left alone, most of them without being weighed.

use columnist_transcript::columns::junction::Junctions;
use columnist_transcript::columns::texts::Words;
use columnist_transcript::columns::{Columns, Model, candidates, find, plain};
use columnist_transcript::lines::Lines;

use super::{MODEL, check, data};

#[test]
fn plain_prose_is_left_alone() {
    check(
        "\
The council met eleven times in the course of the year. Most of its time |
went to the budget, which was adopted in the last week of November after |
a long debate about the price of water. Two members left the council and |
were replaced by the next on the list of their party. The third matter |
was the bridge over the old canal, which had been closed to lorries since |
the autumn. Engineers found that two of its piers had settled by more than |
was thought. It will have to be rebuilt, and the money for that is not in |
this budget. The council asked for a plan before the summer. |
",
    );
}

/// However well the left column reads on: prose does not say the same on every line.
#[test]
fn a_column_that_says_the_same_again_and_again_is_a_tables() {
    check(
        "\
The bridge by the mill carries more than  Closed to lorries since the autumn. |
it was built for and will have to be made  Closed to lorries since the autumn. |
wider before the winter comes again, and  Closed to lorries since the autumn. |
the bridge at the harbour was mended in  Closed to lorries since the autumn. |
the spring by men of the province, who  Closed to lorries since the autumn. |
say that it will hold for ten years more  Closed to lorries since the autumn. |
",
    );
}

/// Nothing else is looked at then: of handbooks with many lists that spares a seventh of the work.
#[test]
fn a_list_plainly_reads_on_whatever_mark_is_before_its_entries() {
    let entries = [
        "The hall may be lent to anybody who lives in the town and asks for it before the first of May.",
        "Whoever has lent it sees to the lamps and the doors and hands the key back on the same day.",
        "The clerk keeps a list of those who had the key, which lies open at the desk on working days.",
        "No fire may be lit in the hall or on its stairs unless the brigade has been told a week before.",
        "The chairs belong to the choir and stay in the hall, where the choir counts them once a year.",
        "Goods that were left behind are kept for a year and given to the poor of the town after that.",
    ];
    let lines: Vec<String> = entries.iter().cycle().take(30).map(|entry| format!("- {entry}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let junctions = Junctions::from_bytes(data("junctions.bin")).expect("the model is whole");
    assert!(plain::parts(&lines, &junctions, &mut Words::default()).is_empty());
}

/// As the paragraphs of a page in one wide column are set: their lines are as long as the typeface has them, and all words of two
/// of them together would look strange.
#[test]
fn lines_of_more_than_a_hundred_letters_plainly_read_on() {
    let sentences = [
        "The council met eleven times in the course of the year. Most of its time went to the budget, which was adopted in the",
        "last week of November after a long debate about the price of water. Two members left the council and were replaced",
        "by the next on the list of their party. The third matter was the bridge over the old canal, which had been closed to lorries",
        "since the autumn. Engineers found that two of its piers had settled by more than was thought. It will have to be rebuilt,",
        "and the money for that is not in this budget. The council asked for a plan before the summer, and for a study of what the",
        "harbour would lose if the bridge were closed for a year. The harbour was dredged in the spring of that year, and the mud",
    ];
    let lines: Vec<&str> = sentences.iter().cycle().take(36).copied().collect();
    let junctions = Junctions::from_bytes(data("junctions.bin")).expect("the model is whole");
    assert!(plain::parts(&lines, &junctions, &mut Words::default()).is_empty());
}

#[test]
fn a_table_of_figures_is_left_alone() {
    check(
        "\
Ships 2021 2022 |
Grain 112 130 |
Timber 98 104 |
Stone 40 21 |
Other 31 37 |
Total 281 292 |
",
    );
}

#[test]
fn the_marks_of_a_comment_are_no_column() {
    let lines = [
        "The harbour was dredged in the spring of that year, and",
        "the mud was taken to the old quarry behind the railway.",
        "That took eleven weeks instead of the six that had been",
        "planned, because the crane broke down twice and because",
        "the quarry could not be reached after heavy rain. In the",
        "end the work cost a third more than the council had put",
        "aside for it. The money came from the fund for the roads,",
        "so that two of them were not mended before the autumn.",
    ];
    check(&lines.iter().map(|line| format!("#  {line} |\n")).collect::<String>());
}

/// Such a list of characters is as sure of its splits as a page can be.
#[test]
fn a_table_with_a_column_of_codes_is_no_prose_in_columns() {
    let table = "\
RED SQUARE SMALL;    25AA FE0E
RED SQUARE MIDDLE;   25FC FE0E
RED SQUARE LARGE;    2B1B FE0E
RED CIRCLE SMALL;    2022 FE0F
RED CIRCLE MIDDLE;   26AB FE0F
RED CIRCLE LARGE;    2B24 FE0F
BLUE SQUARE SMALL;   25AB FE0E
BLUE SQUARE MIDDLE;  25FB FE0E
BLUE SQUARE LARGE;   2B1C FE0E
BLUE CIRCLE SMALL;   25E6 FE0F
BLUE CIRCLE MIDDLE;  26AA FE0F
BLUE CIRCLE LARGE;   2B55 FE0F
GREEN SQUARE SMALL;  25AC FE0E
GREEN SQUARE MIDDLE; 25FD FE0E
GREEN SQUARE LARGE;  2B1D FE0E
";
    assert!(candidates(&Lines::new(table), &[], &MODEL).is_empty());
}

#[test]
fn a_table_with_a_column_of_single_words_is_left_alone() {
    let row = |name: &str| format!("wheel on disk\t{name}\tbuilt from the source\t2.31 |\n");
    check(&["haven", "sluis", "kade", "molen", "brug", "dijk", "polder", "gemaal", "ponton"].map(row).concat());
}

#[test]
fn without_a_model_nothing_is_found() {
    let text = "one two three ‖ four five\n".repeat(20);
    assert_eq!(find(&Lines::new(&text), &[], &Model::default()), Columns::default());
}
