//! One transcription of the report: its name, its text and, once asked for, all that is known of it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use transcript::analysis::{Analysis, Begun, Memo};
use transcript::columns::doubt::{self, Doubt};
use transcript::columns::said::Said;
use transcript::columns::{Block, Model};
use transcript::finding::{Edit, Repair};
use transcript::language::Language;
use transcript::lines::{Format, Lines};
use transcript::position::{Encoding, Position};
use transcript::span::Span;
use transcript::suppression::Suppressions;
use transcript::survey::{Plan, Survey};
use transcript::text::Text;

use crate::cache::Cache;
use crate::index::{Asked, Index};
use crate::name::Name;
use crate::repaired::{self, Repaired};
use crate::wholes::Wholes;

/// A split less sure than this is shown as doubtful, and stays in doubt after a repair.
pub const SURE: f32 = 0.8;

/// So many doubts are remembered of one document, the newest.
const MOST_DOUBTS: usize = 10_000;

/// So many repairs are remembered of one document, the newest.
const MOST_REPAIRED: usize = 1_000;

/// A transcription, or a settings file, as it was at one moment: an edit makes a new one.
#[derive(Debug)]
pub struct Document {
    name: Name,
    format: Format,
    /// Made of the content when it is first asked for: of most files that nobody opened it never is.
    text: OnceLock<Text>,
    model: Arc<Model>,
    /// Whether nobody opened it: others are told what is in it without the model of columns.
    unopened: bool,
    said: Arc<Said>,
    language: Option<&'static Language>,
    doubts: Vec<Doubt>,
    repaired: Vec<Repaired>,
    /// None for a document that is only read.
    versions: Option<Arc<Versions>>,
    /// Whether it is analysed in two steps, so that its plan is known before its references are: the first of the versions
    /// where an editor asks for them.
    in_steps: bool,
    /// The version before that was begun and not finished, and its text: that done, this one is no more than an edit of it.
    unfinished: Option<(Arc<Known>, Text)>,
    known: Arc<Known>,
    /// What was known the last time that somebody saw blocks: an editor may send a repair line by line, and nobody looks
    /// between those.
    seen: Option<Arc<Known>>,
    index: OnceLock<Arc<Index>>,
    /// That of the text before an edit.
    past_index: Option<Arc<Index>>,
    asked: OnceLock<Asked>,
}

/// What the versions of a document that is edited share.
#[derive(Debug)]
struct Versions {
    memo: Mutex<Memo>,
    wholes: Wholes,
}

/// Does a task for each of so many numbers on all cores. Not where all of them are at work already, each on a document of
/// its own: one that waits there for its helpers takes up another's work meanwhile, and that may wait for this very text.
fn on_all_cores(count: usize, task: &(dyn Fn(usize) + Sync)) {
    if count > 1 && rayon::current_thread_index().is_none() {
        (0..count).into_par_iter().for_each(task);
    } else {
        (0..count).for_each(task);
    }
}

/// What is worked out of a text, once it is asked for.
#[derive(Debug, Default)]
struct Known {
    content: OnceLock<Arc<String>>,
    begun: OnceLock<Begun>,
    survey: OnceLock<Survey>,
    analysis: OnceLock<Arc<Analysis>>,
    /// The words with which the analysis fell over, if it did.
    failure: OnceLock<String>,
}

impl Known {
    /// The lines of the text, where its analysis was begun at least.
    fn lines(&self) -> Option<Lines<'_>> {
        let content = self.content.get()?;
        match self.analysis.get() {
            Some(analysis) => Lines::known(content, analysis.cuts.clone()),
            None => self.begun.get()?.lines(content),
        }
    }

    /// The blocks and the lines on which they stand, where somebody asked for them.
    fn blocks(&self) -> Option<(Lines<'_>, &[Block])> {
        let blocks = &self.analysis.get()?.columns.blocks;
        (!blocks.is_empty()).then_some((self.lines()?, blocks))
    }
}

impl Document {
    /// A document with this text.
    pub fn new(name: Name, format: Format, text: Text, model: Arc<Model>) -> Self {
        let document = Self::of_file(name, format, String::new(), model);
        Self { text: OnceLock::from(text), known: Arc::default(), ..document }
    }

    /// The document of a file that was read.
    pub fn of_file(name: Name, format: Format, content: String, model: Arc<Model>) -> Self {
        let known = Known { content: OnceLock::from(Arc::new(content)), ..Known::default() };
        let (said, doubts, repaired) = (Arc::default(), Vec::new(), Vec::new());
        let (text, known, seen) = (OnceLock::new(), Arc::new(known), None);
        let (index, past_index, asked) = (OnceLock::new(), None, OnceLock::new());
        let (unopened, in_steps, unfinished, language, versions) = (false, false, None, None, None);
        Self {
            name,
            format,
            text,
            model,
            unopened,
            said,
            language,
            doubts,
            repaired,
            versions,
            in_steps,
            unfinished,
            known,
            seen,
            index,
            past_index,
            asked,
        }
    }

    /// The same document, which nobody opened: what others ask of it is answered without the model of columns, which
    /// takes a thousand times as long as all the rest. A cache may know that already.
    pub fn unopened(self, cache: Option<&Cache>) -> Self {
        let document = Self { unopened: true, ..self };
        if let Some(cache) = cache.filter(|_| !document.name.is_settings()) {
            let make =
                || document.caught(|| Survey::new(document.content(), document.format, document.language).shrunk());
            let survey = cache.survey(document.content(), document.format, document.language, make);
            let _ = document.known.survey.set(survey);
        }
        document
    }

    /// The same document, in a language that the settings name; recognised where they name none.
    pub fn in_language(self, language: Option<&'static Language>) -> Self {
        let known = self.only_text();
        Self { language, known, index: OnceLock::new(), asked: OnceLock::new(), ..self }
    }

    /// The language that the settings name.
    pub fn language(&self) -> Option<&'static Language> {
        self.language
    }

    /// The same document, with what the person said of its lines.
    pub fn with_words(self, said: Arc<Said>) -> Self {
        let known = self.only_text();
        Self { said, known, index: OnceLock::new(), asked: OnceLock::new(), ..self }
    }

    /// The text and nothing that was worked out of it.
    fn only_text(&self) -> Arc<Known> {
        match Arc::strong_count(&self.known) {
            1 if self.known.analysis.get().is_none() && self.known.survey.get().is_none() => Arc::clone(&self.known),
            _ => {
                let content = self.known.content.clone();
                Arc::new(Known { content, ..Known::default() })
            }
        }
    }

    /// The same document, which is going to be edited: what is worked out is remembered, so that after an edit only what
    /// changed is worked out anew.
    pub fn to_edit(self) -> Self {
        let versions = Versions { memo: Mutex::new(Memo::new(on_all_cores)), wholes: Wholes::default() };
        Self { versions: Some(Arc::new(versions)), ..self }
    }

    /// The same document, of which an outline is asked before all else: its analysis is done in two steps.
    pub fn in_steps(self) -> Self {
        Self { in_steps: true, ..self }
    }

    /// The same document with another text. What was doubtful in the blocks that this one shows is remembered, so that
    /// it can be told when one of them is repaired.
    pub fn edited(&self, text: Text) -> Self {
        let edited = Document::new(self.name.clone(), self.format, text, Arc::clone(&self.model));
        let mut edited = edited.with_words(Arc::clone(&self.said)).in_language(self.language);
        edited.doubts.clone_from(&self.doubts);
        edited.repaired.clone_from(&self.repaired);
        edited.versions.clone_from(&self.versions);
        edited.unfinished = match (self.known.analysis.get(), self.known.begun.get()) {
            (Some(_), _) => None,
            (None, Some(_)) => Some((Arc::clone(&self.known), self.text().clone())),
            (None, None) => self.unfinished.clone(),
        };
        edited.past_index = self.index.get().or(self.past_index.as_ref()).cloned();
        // Between two keystrokes nobody may have asked: what was seen last was repaired, if anything was.
        edited.seen =
            if self.known.analysis.get().is_some() { Some(Arc::clone(&self.known)) } else { self.seen.clone() };
        // A repair always makes more lines: most edits are looked at no further.
        if let Some((lines, blocks)) = edited.seen.clone().as_deref().and_then(Known::blocks)
            && edited.text().line_count() > lines.len()
        {
            let fresh: Vec<Doubt> = blocks.iter().flat_map(|block| doubt::doubts(&lines, block, SURE)).collect();
            let known: HashSet<&[String]> = fresh.iter().map(|doubt| &doubt.lines[..]).collect();
            edited.doubts.retain(|old| !known.contains(&old.lines[..]));
            edited.doubts.extend(fresh);
            edited.repaired.extend(repaired::between(&lines, blocks, edited.content()));
        }
        let surplus = edited.doubts.len().saturating_sub(MOST_DOUBTS);
        edited.doubts.drain(..surplus);
        let surplus = edited.repaired.len().saturating_sub(MOST_REPAIRED);
        edited.repaired.drain(..surplus);
        edited
    }

    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// How it is marked up.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its text, for positions and edits.
    pub fn text(&self) -> &Text {
        self.text.get_or_init(|| Text::new(self.known.content.get().map_or("", |content| content.as_str())))
    }

    /// Its text in one piece, for reading.
    pub fn content(&self) -> &str {
        self.shared_content()
    }

    /// The lines of that.
    pub fn lines(&self) -> Lines<'_> {
        self.known.lines().unwrap_or_else(|| Lines::new(self.content()))
    }

    /// The line in which a byte lies, counted from zero.
    pub fn line_of(&self, offset: usize) -> usize {
        self.known.lines().map_or_else(|| self.text().line_of(offset), |lines| lines.line_of(offset))
    }

    /// The positions of a span's ends, as editors count them.
    pub fn range(&self, span: Span, encoding: Encoding) -> (Position, Position) {
        let lines = self.known.lines();
        let position = |offset: usize| {
            let near = lines.as_ref().and_then(|lines| lines.position(offset, encoding));
            near.unwrap_or_else(|| self.text().position(offset, encoding))
        };
        (position(span.start), position(span.end))
    }

    fn shared_content(&self) -> &Arc<String> {
        self.known.content.get_or_init(|| match &self.versions {
            Some(versions) => versions.wholes.of(self.text()),
            None => Arc::new(self.text().whole()),
        })
    }

    /// What is known of it: worked out when first asked for, which takes milliseconds a page, and kept. Nothing is known
    /// of a settings file.
    pub fn analysis(&self) -> &Analysis {
        self.known.analysis.get_or_init(|| {
            if self.name.is_settings() {
                return Arc::default();
            }
            self.caught(|| self.analysed())
        })
    }

    /// What is named in it: the same as the survey has, and of a document that was just opened known sooner.
    pub fn plan(&self) -> &Plan {
        match self.known.analysis.get() {
            None if self.in_steps && !self.unopened && !self.name.is_settings() => &self.begun().plan,
            _ => &self.survey().plan,
        }
    }

    /// Whether its plan can be had and the rest of its analysis is still to be done.
    pub fn is_unfinished(&self) -> bool {
        self.known.begun.get().is_some() && self.known.analysis.get().is_none()
    }

    /// The beginning of the analysis.
    fn begun(&self) -> &Begun {
        self.known.begun.get_or_init(|| {
            self.caught(|| {
                self.with_memo(|memo| {
                    Analysis::begin(self.content(), self.format, &self.model, &self.said, self.language, memo)
                })
            })
        })
    }

    /// What others ask of it: its pages, headings and references, as the analysis has them. Of a file that nobody opened
    /// they are those of the text as it stands, merged columns or not.
    pub fn survey(&self) -> &Survey {
        if !self.unopened {
            return &self.analysis().survey;
        }
        let survey = || self.caught(|| Survey::new(self.content(), self.format, self.language).shrunk());
        self.known.survey.get_or_init(survey)
    }

    /// What is worked out, or nothing where that falls over, which is said.
    fn caught<T: Default>(&self, work: impl FnOnce() -> T) -> T {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
            let words = words.or_else(|| panic.downcast_ref().cloned()).unwrap_or_default();
            tracing::error!("{}: the analysis fell over: {words}: please report this with the file", self.name);
            let _ = self.known.failure.set(words);
            T::default()
        })
    }

    fn analysed(&self) -> Arc<Analysis> {
        #[cfg(test)]
        assert!(!self.content().contains(tests::FALLS_OVER), "a text of a test");
        if self.in_steps {
            let begun = self.begun();
            return match self.known.failure.get() {
                Some(_) => Arc::default(),
                None => self.finished(begun, (self.text(), self.shared_content())),
            };
        }
        if let Some((known, text)) = &self.unfinished
            && let (None, Some(begun), Some(content)) = (known.analysis.get(), known.begun.get(), known.content.get())
            && self.with_memo(|memo| memo.waits_for(begun))
        {
            let _ = known.analysis.set(self.finished(begun, (text, content)));
        }
        let text = (self.text(), self.shared_content());
        self.with_memo(|memo| Analysis::again(text, self.format, &self.model, &self.said, self.language, memo))
    }

    /// Finishes what was begun of a version, this one or the one before.
    fn finished(&self, begun: &Begun, text: (&Text, &Arc<String>)) -> Arc<Analysis> {
        if let Some(versions) = &self.versions {
            versions.wholes.hold(text.0, text.1);
        }
        self.with_memo(|memo| Analysis::finish(begun, text, memo))
    }

    /// Does a task with what is remembered of other versions.
    fn with_memo<T>(&self, task: impl FnOnce(&mut Memo) -> T) -> T {
        let memo = || self.versions.as_ref().map(|shared| shared.memo.lock().unwrap_or_else(PoisonError::into_inner));
        // Taken out while it is used: who works on another version meanwhile does without, rather than wait.
        let new = || Memo::new(on_all_cores);
        let mut past = memo().map_or_else(new, |mut memo| std::mem::replace(&mut *memo, new()));
        let done = task(&mut past);
        if let Some(mut memo) = memo() {
            *memo = past;
        }
        done
    }

    /// The edits of a repair of something found in it, in ascending order.
    pub fn edits<'r>(&self, repair: &'r Repair) -> Cow<'r, [Edit]> {
        self.analysis().edits(&self.lines(), repair)
    }

    /// Where the person switched checks off in it.
    pub fn suppressions(&self) -> Suppressions {
        self.analysis().suppressions(&self.lines(), self.format)
    }

    /// Why nothing is known of it, when its analysis fell over: a fault of the program's that costs this document only.
    pub fn failure(&self) -> Option<&str> {
        self.analysis();
        self.known.failure.get().map(String::as_str)
    }

    /// What the person said of its lines.
    pub fn said(&self) -> &Arc<Said> {
        &self.said
    }

    /// What its blocks, as they were before they were repaired, left in doubt.
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// The repairs that were made in it, the oldest first.
    pub fn repaired(&self) -> &[Repaired] {
        &self.repaired
    }

    /// What a reference can lead to in it.
    pub fn index(&self) -> &Index {
        let past = self.past_index.as_deref();
        self.index.get_or_init(|| Arc::new(Index::after(self.content(), self.survey(), past)))
    }

    /// What its references ask for.
    pub fn asked(&self) -> &Asked {
        self.asked.get_or_init(|| Asked::new(&self.survey().references))
    }
}

#[cfg(test)]
mod tests {
    use transcript::check::ANALYSIS_FAILED;

    use super::*;
    use crate::workspace::Workspace;

    /// A text that holds this is one over which the analysis falls.
    pub(super) const FALLS_OVER: &str = "\u{fdd0}";

    /// A document that an editor just opened, with this text.
    fn opened(text: &str) -> (Workspace, Name) {
        let name = Name::Unsaved("rapport.md".to_owned());
        let mut workspace = Workspace::default().surveying(None);
        workspace.open(name.clone(), Format::Markdown, text);
        (workspace, name)
    }

    #[test]
    fn the_plan_of_a_document_that_was_just_opened_waits_for_no_references() {
        let (workspace, name) = opened("# 1 Haven\n\nZie hoofdstuk 1.\n");
        let document = Arc::clone(workspace.document(&name).expect("it is open"));
        assert_eq!(document.plan().outline.sections.len(), 1);
        assert!(document.known.analysis.get().is_none());
        assert_eq!((document.survey().references.len(), document.plan().outline.sections.len()), (1, 1));
        assert!(document.known.analysis.get().is_some());
    }

    #[test]
    fn who_types_before_the_references_are_known_has_them_found_once() {
        let (mut workspace, name) = opened("# 1 Haven\n\nZie hoofdstuk 1.\n");
        let opened = Arc::clone(workspace.document(&name).expect("it is open"));
        opened.plan();
        assert!(opened.is_unfinished());
        workspace.replace_text(&name, Text::new("# 1 Haven\n\nZie ook hoofdstuk 1.\n"));
        workspace.replace_text(&name, Text::new("# 1 Haven\n\nZie ook hoofdstuk 1 en 2.\n"));
        let typed = workspace.document(&name).expect("it is open");
        assert_eq!(typed.survey().references.len(), 2);
        assert_eq!(opened.known.analysis.get().map(|found| found.survey.references.len()), Some(1));
    }

    #[test]
    fn an_analysis_that_falls_over_costs_its_own_document_only() {
        let mut workspace = Workspace::default();
        let [good, bad] = ["good.md", "bad.md"].map(|name| Name::Unsaved(name.to_owned()));
        workspace.open(good.clone(), Format::Markdown, "# Good\n");
        workspace.open(bad.clone(), Format::Markdown, &format!("# Bad\n\n{FALLS_OVER}\n"));
        let told: Vec<_> = workspace.findings(&bad).into_iter().map(|told| told.finding).collect();
        let [finding] = &told[..] else { panic!("{told:?}") };
        assert_eq!((finding.code, finding.repairs.len()), (ANALYSIS_FAILED, 0));
        assert!(finding.message.contains("a text of a test"), "{}", finding.message);
        assert_eq!(workspace.findings(&good), []);
        let headings = |workspace: &Workspace| -> usize {
            workspace.documents().map(|document| document.plan().outline.sections.len()).sum()
        };
        assert_eq!(headings(&workspace), 1);
        // The next edit may mend it.
        workspace.replace_text(&bad, Text::new("# Bad\n"));
        assert_eq!(workspace.findings(&bad), []);
        assert_eq!(headings(&workspace), 2);
    }
}
