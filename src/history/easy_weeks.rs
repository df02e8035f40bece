//! The weeks of easy running that were done, beside those of the calendar, which run on through absences.

use super::{Season, Week};
use crate::audit::Class;

/// How many weeks had runs of which some could be judged and none was over its ceiling; before a week, where one is given.
pub(super) fn done(season: &Season, before: Option<usize>) -> usize {
    let earlier = |week: &&Week| before.is_none_or(|before| week.week < before);
    season.weeks.iter().filter(earlier).filter(|week| is_done(season, week)).count()
}

fn is_done(season: &Season, week: &Week) -> bool {
    let was_judged = season.of_week(week.week).any(|run| run.run.class != Class::Undetermined);
    let is_agreed = |run: &super::Counted| run.run.allowed.is_some();
    was_judged && season.of_week(week.week).all(|run| is_agreed(run) || !run.is_over() && !run.has_speed())
}

/// How many of the easy weeks are still to come for a run: none while nobody knows the first day of rehab. Weeks before
/// the first run count as done: who has no file of them knows nothing of them.
pub(super) fn left(season: &Season, week: usize) -> usize {
    if season.settings.rehab_started.is_none() {
        return 0;
    }
    let unknown = season.runs.first().map_or(0, |first| first.week - 1);
    season.settings.easy_weeks.saturating_sub(unknown + done(season, Some(week)))
}
