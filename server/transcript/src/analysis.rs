//! Everything that is known of one text, in one value: what the report and the checks ask.

use crate::columns::said::Said;
use crate::columns::{Columns, Model, even};
use crate::language::Language;
use crate::lines::{Format, Lines};
use crate::markup::Markup;
use crate::reading::Reading;
use crate::reference;
use crate::stretch;
use crate::survey::Survey;

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The merged columns.
    pub columns: Columns,
    /// The text in reading order.
    pub reading: Reading,
    /// What is named in it and what it refers to.
    pub survey: Survey,
}

/// What is remembered of a text from before an edit. It never changes what is found, only how soon.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    columns: stretch::Memo,
    references: reference::Memo,
}

impl Memo {
    /// A memo of nothing; by it several new parts of a text are looked at by `each`, otherwise one after the other.
    pub fn new(each: stretch::Each) -> Self {
        Self { columns: stretch::Memo::new(each), references: reference::Memo::default() }
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
        Self::again(text, format, model, said, language, &mut Memo::default())
    }

    /// The same, with what is remembered of the text before an edit, so that only what changed is worked out anew; after
    /// it, what is known of this text is remembered. The model has to be the same each time.
    pub fn again(
        text: &str,
        format: Format,
        model: &Model,
        said: &Said,
        language: Option<&'static Language>,
        memo: &mut Memo,
    ) -> Self {
        let lines = Lines::new(text);
        let markup = Markup::new(&lines, format);
        let columns = stretch::columns(&lines, &markup.blocks, model, &mut memo.columns);
        let columns = said.over(&lines, columns, |of, count| even::cut(&lines, of, count));
        let reading = Reading::new(&lines, &columns);
        let survey = Survey::in_order(&lines, format, markup, &reading, language, &mut memo.references);
        Self { columns, reading, survey }
    }
}
