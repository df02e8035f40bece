//! Oxygen cost of walking and running by the equations of the American College of Sports Medicine.
//!
//! ACSM's Guidelines for Exercise Testing and Prescription; steady state, in ml/kg/min, resting 3.5 included.

use crate::units::Speed;

/// Oxygen cost of walking, in ml/kg/min; the grade is rise over run. Meant for 50 to 100 m/min.
pub fn walking_cost(speed: Speed, grade: f64) -> f64 {
    let v = speed.as_meters_per_minute();
    0.1 * v + 1.8 * v * grade + 3.5
}

/// Oxygen cost of running, in ml/kg/min; the grade is rise over run. Meant for more than 134 m/min.
pub fn running_cost(speed: Speed, grade: f64) -> f64 {
    let v = speed.as_meters_per_minute();
    0.2 * v + 0.9 * v * grade + 3.5
}
