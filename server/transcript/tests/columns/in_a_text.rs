//! Columns in a whole text: a few lines of them among prose or above one column, and page after page without form feeds.

use columnist_transcript::columns::find;
use columnist_transcript::columns::junction::Junctions;
use columnist_transcript::columns::measure::{Fits, Measure, as_three, measures};
use columnist_transcript::columns::sheet::Sheet;
use columnist_transcript::columns::width::FACES;
use columnist_transcript::lines::Lines;

use super::{CANALS, COUNCIL, MODEL, PLATES, bare, check, data};

/// Most of the text reads on, and its lines are narrower than those that ran together.
#[test]
fn a_few_merged_lines_among_prose_are_found_and_no_others() {
    check(
        "\
The harbour was dredged in the spring of that year, and the mud was taken to |
the old quarry behind the railway. That took eleven weeks instead of the six |
that had been planned, because the crane broke down twice and because the |
quarry could not be reached after heavy rain. In the end the work cost a third |
more than the council had put aside for it. The money came from the fund for |
the roads, so that two of them were not mended before the autumn. |

The council has asked the engineer to look into this and to say how such a |
thing can be foreseen. His report will be read in January. He has already said |
that the depth of the mud was measured in only four places, and that it was |
twice as deep in the corner by the shipyard. A second look would have cost |
little. From now on the depth is measured every second year, by a boat that |
the province lends, and the figures are kept in a book that anybody may read. |

The survey of the canals was made in four parts, and ‖ each of the boats was weighed empty before it took in
every part was done by a crew of its own. The first ‖ its first load, and once more after the last one of the
part took in the old harbour and the two locks that ‖ day. Of two weights that differed the clerk had every
lead to the river, and was finished before the frost. ‖ reason to ask for another, and as a rule the record
Each crew sounded the bed of its canals at every tenth ‖ of the heavier one was kept. The scales were those of
yard and wrote the depth down on a chart of linen. The ‖ the grain office, and were tested twice a year by the
charts were copied in the evening by two clerks, and a ‖ wharf. Seven boats were found to leak, and three of them
third compared both copies with the book of the crew. ‖ had to be broken up. The others were caulked and tarred,

Nobody had asked the fishermen what they thought of it. They met in the inn |
by the lock and wrote a letter to the mayor, in which they asked for a place |
to dry their nets and for a lower fee in the winter months. The mayor answered |
within a week. With the rest of what was saved on the quay the council wants |
to buy the strip of land between the lock and the mill, where a shed for boats |
could stand that now lie in the open all winter. |
",
    );
}

/// The lines of prose are wider than those that ran together, and would hide how wide these are.
#[test]
fn the_measure_of_a_few_merged_lines_among_prose_is_guessed() {
    let prose = "The harbour was dredged in the spring of that year, and the mud was taken to the old quarry behind the railway. That took \
                 eleven weeks instead of the six that had\nbeen planned, because the crane broke down twice and because the quarry could \
                 not be reached after heavy rain. In the end the work cost a third more than the\ncouncil had put aside for it.\n\n";
    let merged = bare(COUNCIL);
    let junctions = Junctions::from_bytes(data("junctions.bin")).expect("the model is whole");
    let text = [&prose.repeat(3), &*merged, "\n", &prose.repeat(3)].concat();
    let [alone, among] = [&merged, &text].map(|text| Sheet::new(text.lines().enumerate(), &junctions));
    let first = &alone.strips[0].facts;
    let is_near = |guess: &Measure| {
        let whole = first.width(guess.face, 0..first.len());
        guess.columns.len() == 2 && (guess.whole() / whole - 1.0).abs() < 0.05
    };
    let guesses = measures(&among);
    assert!(guesses.iter().any(is_near), "{guesses:?}");
}

/// A line of one letter is as narrow as the two gaps between three columns, or narrower.
#[test]
fn columns_are_guessed_to_be_wider_than_nothing() {
    let junctions = Junctions::from_bytes(data("junctions.bin")).expect("the model is whole");
    let sheet = Sheet::new("a\nI\na\ni\na\na\n".lines().enumerate(), &junctions);
    let two = Measure { face: FACES[0], columns: vec![600.0; 2] };
    let three = as_three(&sheet, &two, &mut Fits::default(), None).expect("one letter fits three columns too");
    assert!(three.columns.iter().all(|width| *width > 0.0), "{three:?}");
}

/// The left column ends soon, so that most ends of lines read on.
#[test]
fn lines_of_one_column_below_a_few_of_two_are_its_own() {
    check(
        "\
The survey of the canals was made in four parts, and ‖ The harbour was dredged in the spring of that year,
every part was done by a crew of its own. The first ‖ and the mud was taken to the old quarry behind the
part took in the old harbour and the two locks that ‖ railway. That took eleven weeks instead of the six
lead to the river, and was finished before the ‖ that had been planned, because the crane broke down
frost. Each crew sounded the bed of its canals at ‖ twice and because the quarry could not be reached
every tenth yard and wrote the depth down on a chart ‖ after heavy rain. In the end the work cost a third
of linen. ‖ more than the council had put aside for it. The
‖ money came from the fund for the roads, so that two
‖ of them were not mended before the autumn. The
‖ council has asked the engineer to look into this and
‖ to say how such a thing can be foreseen. His report
‖ will be read in January. He has already said that
‖ the depth of the mud was measured in only four
‖ places, and that it was twice as deep in the corner
‖ by the shipyard. A second look would have cost
‖ little. From now on the depth is measured every
‖ second year, by a boat that the province lends, and
‖ the figures are kept in a book that anybody may
‖ read. Nobody had asked the fishermen what they
‖ thought of it. They met in the inn by the lock and
‖ wrote a letter to the mayor, in which they asked for
‖ a place to dry their nets and for a lower fee in the
‖ winter months. The mayor answered within a week.
‖ With the rest of what was saved on the quay the
‖ council wants to buy the strip of land between the
‖ lock and the mill, where a shed for boats could
‖ stand that now lie in the open all winter.
",
    );
}

/// Three pages of one text without form feeds: each ends its own columns, with what stands below the last word of the left one.
#[test]
fn a_text_without_form_feeds_is_cut_where_its_headers_count_on() {
    let pages = [[COUNCIL, COUNCIL, CANALS].concat(), [PLATES, CANALS].concat(), [COUNCIL, COUNCIL, CANALS].concat()];
    let numbered = |number: usize| format!("The report of the harbour board {number} |\n");
    let headers: String = (0..3).map(|page| numbered(14 + page) + &pages[page]).collect();
    let footers: String = (0..3).map(|page| pages[page].clone() + &numbered(14 + page)).collect();
    for text in [headers, footers] {
        check(&text);
        assert_eq!(find(&Lines::new(&bare(&text)), &[], &MODEL).blocks.len(), 3);
    }
}
