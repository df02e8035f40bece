//! Hostile input and a hostile machine.

mod faults_injected;
mod hostile;
mod injection;
