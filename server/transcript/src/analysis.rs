//! Everything that is known of one text, in one value: what the report and the checks ask.

use std::sync::Arc;

use crate::change::Change;
use crate::columns::said::Said;
use crate::columns::{Columns, Model, even};
use crate::language::Language;
use crate::lines::{Cuts, Format, Lines};
use crate::markup::{self, Markup};
use crate::stretch;
use crate::survey::{self, Side, Survey};

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Where its lines lie.
    pub cuts: Cuts,
    /// The merged columns.
    pub columns: Columns,
    /// What is named in it and what it refers to.
    pub survey: Survey,
}

/// What is remembered of a text from before an edit. It never changes what is found, only how soon.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    markup: markup::Memo,
    columns: stretch::Memo,
    survey: survey::Memo,
    /// The text that was analysed last, and what was found.
    past: Option<(Arc<String>, Arc<Analysis>)>,
}

impl Memo {
    /// A memo of nothing; by it several new parts of a text are looked at by `each`, otherwise one after the other.
    pub fn new(each: stretch::Each) -> Self {
        Self { columns: stretch::Memo::new(each), ..Self::default() }
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
        let lines = Lines::new(text);
        let mut memo = Memo::default();
        let markup = Markup::new(&lines, format);
        let columns = Self::columns(&lines, &markup, (model, said), None, &mut memo.columns);
        let survey = Survey::in_order(&lines, format, markup, &columns, language, &mut memo.survey);
        Self { cuts: lines.cuts(), columns, survey }
    }

    /// The same, with what is remembered of the text before an edit, so that only what changed is worked out anew; after
    /// it, what is known of this text is remembered. The model and the format have to be the same each time.
    pub fn again(
        text: &Arc<String>,
        format: Format,
        model: &Model,
        said: &Said,
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Arc<Self> {
        let past = memo.past.take();
        let before = past.as_ref().and_then(|(text, past)| Some((past, Lines::known(text, past.cuts.clone())?)));
        let changed = before.as_ref().map(|(_, lines)| Change::between(lines, text));
        let (change, lines) = changed.map_or_else(|| (None, Lines::new(text)), |(change, lines)| (Some(change), lines));
        let edit = before.as_ref().zip(change.as_ref()).map(|((_, old), change)| (old, change));
        let markup = match (&before, edit) {
            (Some((past, _)), Some((old, change))) => {
                past.survey.markup.after((old, &lines), change, format, &mut memo.markup)
            }
            _ => Markup::read(&lines, format, &mut memo.markup),
        };
        let columns = Self::columns(&lines, &markup, (model, said), edit, &mut memo.columns);
        let new = Side { lines: &lines, columns: &columns };
        let moved = before.zip(change).and_then(|((past, lines), change)| {
            let old = Side { lines: &lines, columns: &past.columns };
            past.survey.after(old, new, change, &markup, language, &mut memo.survey)
        });
        let survey =
            moved.unwrap_or_else(|| Survey::in_order(&lines, format, markup, &columns, language, &mut memo.survey));
        let analysis = Arc::new(Self { cuts: lines.cuts(), columns, survey });
        memo.past = Some((Arc::clone(text), Arc::clone(&analysis)));
        analysis
    }

    fn columns(
        lines: &Lines,
        markup: &Markup,
        (model, said): (&Model, &Said),
        edit: Option<(&Lines, &Change)>,
        memo: &mut stretch::Memo,
    ) -> Columns {
        let columns = stretch::columns(lines, &markup.blocks, model, edit, memo);
        said.over(lines, columns, |of, count| even::cut(lines, of, count))
    }
}
