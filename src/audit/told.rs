//! What is told of a session that was decided on: its efforts, each by its own distance over its own time.

use super::Class;
use super::context::SessionContext;
use super::{turn, verdict};

/// Makes of the efforts that the class rests on those that are told. Nothing is decided on them from here on.
pub(super) fn settle(context: &mut SessionContext) {
    let class = verdict::class(context);
    let efforts = match class {
        Class::AboveEasy | Class::DriftedOver => turn::parted_at_the_drift(context),
        _ => context.efforts.clone(),
    };
    context.efforts = context.as_measured_all(&efforts, class.is_over());
    context.chain = context.as_measured_all(&context.chain, true);
}
