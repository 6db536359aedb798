//! The merged blocks that are to be shown: those of the model and of the person, without the ones that were switched
//! off; and what the person says of lines.

use std::ops::Range;
use std::sync::Arc;

use transcript::check::MERGED_COLUMNS;
use transcript::columns::said::Saying;
use transcript::columns::{Block, repair};
use transcript::finding::Grade;

use super::Workspace;
use crate::document::Document;

/// A merged block that is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Merged<'d> {
    /// The block.
    pub block: &'d Block,
    /// Whether it may be repaired without a look at it.
    pub safe: bool,
}

impl Workspace {
    /// The merged blocks of a document that are not switched off, in the order of their lines.
    pub fn merged<'d>(&self, document: &'d Document) -> Vec<Merged<'d>> {
        let columns = &document.analysis().columns;
        if columns.merged().next().is_none() {
            return Vec::new();
        }
        let settings = self.settings_for(document.name().path());
        let text = document.lines();
        let off = document.suppressions();
        let shown = |block: &&Block| {
            let lines = block.lines();
            settings.severity_at(MERGED_COLUMNS, &lines, &text).is_some() && !off.cover(MERGED_COLUMNS, lines.start)
        };
        let merged = |block| Merged { block, safe: repair::grade(block, settings.expected_wrong()) == Grade::Safe };
        columns.merged().filter(shown).map(merged).collect()
    }

    /// The person said something of some lines of a document as it was then; it may have been edited since, for what is
    /// said is tied to the text of the lines. It is kept also while the document is closed.
    pub fn say(&mut self, then: &Document, lines: Range<usize>, saying: &Saying) {
        let Some(now) = self.open.get(then.name()) else { return };
        let mut said = now.said().as_ref().clone();
        said.say(&then.lines(), lines, saying);
        let said = Arc::new(said);
        Arc::make_mut(&mut self.said).insert(then.name().clone(), Arc::clone(&said));
        self.put_open(Arc::new(now.edited(now.text().clone()).with_words(said)));
    }
}
