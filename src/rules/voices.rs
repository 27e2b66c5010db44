//! Who goes on speaking: minutes name a speaker once and then report what else was said.
//!
//! "FTR var bekymret for tempoet. Chefen så på det. Der bør være to på hver vagt.": the last sentence names nobody, yet it
//! is the objection's second half. A rule can tell by its build that a sentence worries, demands or protests
//! (`voice = "fortsat"`); whose word it is follows from who speaks beside it under the same sub-heading. An answer of
//! the management in between changes nothing, for what protests after it is no answer.

use super::model::Voice;
use super::score::SentenceContext;
use super::trace::Trace;

/// So many sentences back the employee side may have spoken last.
const BACK: usize = 3;

/// Gives each sentence that goes on the voice of the one who speaks: an objection beside the employee side, else nobody's.
pub(super) fn carry(traces: &mut [Trace], sentences: &[SentenceContext]) {
    let mut since: Option<usize> = None;
    let mut matter: Option<&str> = None;
    let mut pending: Vec<usize> = Vec::new();
    for (index, (trace, sentence)) in traces.iter_mut().zip(sentences).enumerate() {
        let subheading = sentence.subheading.as_deref();
        if subheading != matter {
            (since, matter) = (None, subheading);
        }
        since = since.map(|steps| steps + 1).filter(|steps| *steps <= BACK);
        if trace.voice == Some(Voice::Continued) {
            trace.voice = since.map(|_| Voice::Objection);
            if since.is_none() {
                pending.push(index);
            }
        }
        if matches!(trace.voice, Some(Voice::Objection | Voice::Employees)) {
            since = Some(0);
        }
    }
    // "Vagterne er for lange. AMR krævede en ændring.": the complaint may stand before the one who makes it is named.
    for index in pending.into_iter().rev() {
        let following = traces.get(index + 1).zip(sentences.get(index + 1));
        let same = sentences.get(index).zip(following);
        let opposes = same.is_some_and(|(own, (next, context))| {
            next.voice == Some(Voice::Objection) && own.subheading == context.subheading
        });
        if let (true, Some(trace)) = (opposes, traces.get_mut(index)) {
            trace.voice = Some(Voice::Objection);
        }
    }
}
