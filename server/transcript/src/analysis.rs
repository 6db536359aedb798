//! Everything that is known of one text, in one value: what the report and the checks ask.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::change::Change;
use crate::columns::said::Said;
use crate::columns::{Columns, Model, even, repair};
use crate::each::{self, Each};
use crate::finding::{Edit, Mend, Repair};
use crate::language::Language;
use crate::lines::{Cuts, Format, Lines};
use crate::markup::{self, Markup};
use crate::openings::Openings;
use crate::stretch;
use crate::suppression::{self, Suppressions};
use crate::survey::{self, Plan, Side, Survey};
use crate::text::Text;

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Where its lines lie.
    pub cuts: Cuts,
    /// The merged columns.
    pub columns: Columns,
    /// What is named in it and what it refers to.
    pub survey: Survey,
    /// Worked out when first asked for.
    openings: OnceLock<Arc<Openings>>,
    /// Whether a comment may switch checks off, likewise.
    commented: OnceLock<bool>,
}

/// What is known of a text before its references are: all that an outline needs.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// What is named in it.
    pub plan: Plan,
    cuts: Cuts,
    columns: Columns,
    /// By this the memo that it left is known again.
    mark: Arc<()>,
}

impl Begun {
    /// The lines of its text.
    pub fn lines<'t>(&self, text: &'t str) -> Option<Lines<'t>> {
        Lines::known(text, self.cuts.clone())
    }
}

/// What is remembered of a text from before an edit, and how much work is done. Neither ever changes what is found, only
/// how soon.
#[derive(Clone, Debug)]
pub struct Memo {
    each: Each,
    markup: markup::Memo,
    columns: stretch::Memo,
    survey: survey::Memo,
    past: Option<Past>,
    /// What was begun last, where nothing was analysed since.
    begun: Option<Arc<()>>,
}

/// The text that was analysed last, as it is edited and in one piece, and what was found.
#[derive(Clone, Debug)]
struct Past {
    text: Text,
    whole: Arc<String>,
    found: Arc<Analysis>,
}

impl Default for Memo {
    fn default() -> Self {
        Self::new(each::in_turn)
    }
}

impl Memo {
    /// A memo of nothing; by it several new parts of a text are looked at by `each`, otherwise one after the other.
    pub fn new(each: Each) -> Self {
        let (markup, columns, survey) = (markup::Memo::default(), stretch::Memo::default(), survey::Memo::default());
        Self { each, markup, columns, survey, past: None, begun: None }
    }

    /// Whether this was begun with it, and nothing was analysed with it since.
    pub fn waits_for(&self, begun: &Begun) -> bool {
        self.begun.as_ref().is_some_and(|last| Arc::ptr_eq(last, &begun.mark))
    }

    fn remember(&mut self, (text, whole): (&Text, &Arc<String>), found: &Arc<Analysis>) {
        self.begun = None;
        self.past = Some(Past { text: text.clone(), whole: Arc::clone(whole), found: Arc::clone(found) });
    }
}

impl Analysis {
    /// Analyses a text from scratch.
    pub fn new(text: &str, format: Format, model: &Model) -> Self {
        Self::with_words(text, format, model, &Said::default())
    }

    /// The same, where the person said something of the lines: that counts before what the model holds.
    pub fn with_words(text: &str, format: Format, model: &Model, said: &Said) -> Self {
        Self::in_language(text, format, model, said, None)
    }

    /// The same, where the person said in which language the text is; else it is recognised.
    pub fn in_language(
        text: &str,
        format: Format,
        model: &Model,
        said: &Said,
        language: Option<&'static Language>,
    ) -> Self {
        let said = (model, said);
        Self::from_scratch(text, format, said, language, &mut Memo::default())
    }

    /// The same, with what is remembered of the text before an edit, so that only what changed is worked out anew; after
    /// it, what is known of this text is remembered. The text is given as it is edited, to tell what differs from before, and in
    /// one piece. The model and the format have to be the same each time.
    pub fn again(
        (text, whole): (&Text, &Arc<String>),
        format: Format,
        model: &Model,
        said: &Said,
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Arc<Self> {
        let said = (model, said);
        let found = Arc::new(match memo.past.take() {
            Some(past) => past.found.after(&past.whole, (whole, past.text.alike(text)), format, said, language, memo),
            None => Self::from_scratch(whole, format, said, language, memo),
        });
        memo.remember((text, whole), &found);
        found
    }

    /// Begins to analyse a text of which nothing is known: [`Analysis::finish`] goes on. What that needs is remembered.
    pub fn begin(
        text: &str,
        format: Format,
        model: &Model,
        said: &Said,
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Begun {
        let lines = Lines::new(text);
        let markup = Markup::read(&lines, format, &mut memo.markup);
        let columns = Self::columns(&lines, &markup, (model, said), None, (&mut memo.columns, memo.each));
        let side = Side { lines: &lines, columns: &columns };
        let (plan, _) = Plan::in_order(side, (markup, format), language, &mut memo.survey);
        let mark = Arc::default();
        (memo.past, memo.begun) = (None, Some(Arc::clone(&mark)));
        Begun { plan, cuts: lines.cuts(), columns, mark }
    }

    /// Finishes the analysis of a text, which is given as it is edited and in one piece; after it, what is known of this
    /// text is remembered, unless the memo is of another by now.
    pub fn finish(begun: &Begun, (text, whole): (&Text, &Arc<String>), memo: &mut Memo) -> Arc<Self> {
        let Begun { plan, cuts, columns, .. } = begun.clone();
        let lines = begun.lines(whole).unwrap_or_else(|| Lines::new(whole));
        let own = memo.waits_for(begun);
        let (mut beside, each) = (survey::Memo::default(), memo.each);
        let survey = Survey::of(plan, &lines, &columns, (if own { &mut memo.survey } else { &mut beside }, each));
        let (openings, commented) = (OnceLock::new(), OnceLock::new());
        let found = Arc::new(Self { cuts, columns, survey, openings, commented });
        if own {
            memo.remember((text, whole), &found);
        }
        found
    }

    fn from_scratch(
        text: &str,
        format: Format,
        said: (&Model, &Said),
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Self {
        let lines = Lines::new(text);
        let markup = Markup::read(&lines, format, &mut memo.markup);
        let columns = Self::columns(&lines, &markup, said, None, (&mut memo.columns, memo.each));
        let survey = Survey::in_order(&lines, (markup, format), &columns, language, (&mut memo.survey, memo.each));
        let (openings, commented) = (OnceLock::new(), OnceLock::new());
        Self { cuts: lines.cuts(), columns, survey, openings, commented }
    }

    /// The analysis of a text after an edit; this one is of the text `before`, of which so many bytes at the start and at the
    /// end are known to be the same.
    fn after(
        &self,
        before: &str,
        (text, alike): (&str, (usize, usize)),
        format: Format,
        said: (&Model, &Said),
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Self {
        let old = Lines::known(before, self.cuts.clone()).unwrap_or_else(|| Lines::new(before));
        let (change, new) = Change::between(&old, text, alike);
        let markup = self.survey.plan.markup.after((&old, &new), &change, format, &mut memo.markup);
        let columns = Self::columns(&new, &markup, said, Some((&old, &change)), (&mut memo.columns, memo.each));
        let sides = [(&old, &self.columns), (&new, &columns)].map(|(lines, columns)| Side { lines, columns });
        let moved = self.survey.after(sides, &change, &markup, (format, language), &mut memo.survey);
        let survey = moved.unwrap_or_else(|| {
            Survey::in_order(&new, (markup, format), &columns, language, (&mut memo.survey, memo.each))
        });
        let openings = self.openings.get().map(|openings| openings.after((&old, &new), &change));
        let is_commented = || suppression::may_be_in(new.slice(change.new_span()));
        let commented = self.commented.get().map(|commented| *commented || is_commented());
        let (openings, commented) = (known(openings), known(commented));
        Self { cuts: new.cuts(), columns, survey, openings, commented }
    }

    /// Where checks are switched off in this text, which has these lines and this format.
    pub fn suppressions(&self, lines: &Lines, format: Format) -> Suppressions {
        // Most texts have no such comment, and of those lines need no look.
        match *self.commented.get_or_init(|| suppression::may_be_in(lines.text())) {
            true => Suppressions::new(lines, format),
            false => Suppressions::default(),
        }
    }

    /// The numbers that lines of this text, which has these lines, open with.
    pub fn openings(&self, lines: &Lines) -> &Openings {
        self.openings.get_or_init(|| Arc::new(Openings::new(lines)))
    }

    /// The edits of a repair of something found in this text, which has these lines, in ascending order.
    pub fn edits<'r>(&self, lines: &Lines, repair: &'r Repair) -> Cow<'r, [Edit]> {
        match &repair.mend {
            Mend::Edits(edits) => Cow::Borrowed(edits),
            Mend::ReadingOrder(line) => {
                let block = self.columns.block_at(*line);
                Cow::Owned(block.map(|block| repair::edits(lines, block)).unwrap_or_default())
            }
        }
    }

    fn columns(
        lines: &Lines,
        markup: &Markup,
        (model, said): (&Model, &Said),
        edit: Option<(&Lines, &Change)>,
        memo: (&mut stretch::Memo, Each),
    ) -> Columns {
        let columns = stretch::columns(lines, &markup.blocks, model, edit, memo);
        said.over(lines, columns, |of, count| even::cut(lines, of, count))
    }
}

/// What is known already, or is worked out when it is asked for.
fn known<T>(value: Option<T>) -> OnceLock<T> {
    value.map_or_else(OnceLock::new, OnceLock::from)
}

/// Makes ready what every text asks for the first time that one is read: the words of all languages, and the patterns. A
/// program that will read texts soon can have that done beside what it has to do first.
pub fn make_ready() {
    const SOME: &str = "1.1 Haven\n\nZie ook hoofdstuk 1.1 en tabel 2 op blz. 3.\n\nTabel 2 Schepen\n";
    for format in [Format::Plain, Format::Markdown] {
        drop(Analysis::new(SOME, format, &Model::default()));
    }
}
