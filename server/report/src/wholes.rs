//! The versions of a text that is edited, each in one piece. The memory of a version that nobody reads any more serves the
//! next one: asked for anew, megabytes of it are mapped in page by page, which was half the time of a keystroke in 10 MB.

use std::sync::{Arc, Mutex, PoisonError};

use transcript::text::Text;

/// So many versions are read at a time: this one, the one before, and another on its way out.
const MOST: usize = 3;

/// The last versions and the pieces that they lie in.
#[derive(Debug, Default)]
pub(crate) struct Wholes {
    lent: Mutex<Vec<(Text, Arc<String>)>>,
}

impl Wholes {
    /// A text in one piece.
    pub(crate) fn of(&self, text: &Text) -> Arc<String> {
        let (other, mut piece) = self.unread();
        text.write_over(&mut piece, &other);
        let whole = Arc::new(piece);
        self.hold(text, &whole);
        whole
    }

    /// Holds a text and a piece in which it lies already.
    pub(crate) fn hold(&self, text: &Text, whole: &Arc<String>) {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        if lent.len() == MOST {
            lent.remove(0);
        }
        lent.push((text.clone(), Arc::clone(whole)));
    }

    /// A version that nobody reads any more; the empty one where there is none.
    fn unread(&self) -> (Text, String) {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = lent.iter().position(|(_, piece)| Arc::strong_count(piece) == 1).map(|at| lent.remove(at));
        unread.and_then(|(text, piece)| Some((text, Arc::into_inner(piece)?))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_piece_of_a_version_that_nobody_reads_serves_again_and_no_other_does() {
        let wholes = Wholes::default();
        let first = wholes.of(&Text::new("De haven was druk."));
        let place = first.as_ptr();
        let second = wholes.of(&Text::new("De sluis was stil."));
        assert_ne!(second.as_ptr(), place);
        drop(first);
        let third = wholes.of(&Text::new("De kade lag."));
        assert_eq!((third.as_ptr(), third.as_str(), second.as_str()), (place, "De kade lag.", "De sluis was stil."));
    }

    #[test]
    fn no_more_pieces_are_kept_than_are_read_at_a_time() {
        let wholes = Wholes::default();
        let read: Vec<_> = (0..10).map(|version| wholes.of(&Text::new(&format!("Versie {version}")))).collect();
        let texts: Vec<&str> = read.iter().map(|whole| whole.as_str()).collect();
        assert_eq!((texts[0], texts[9], wholes.lent.lock().unwrap().len()), ("Versie 0", "Versie 9", MOST));
    }
}
