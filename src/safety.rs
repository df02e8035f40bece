//! What a runner must know before running, in plain words: said wherever one looks first.

/// The lines, most general first: what this is not, when to stop, what is an emergency, when to begin, and who must ask.
///
/// For bone stress injuries, George, Sheerin and Reid, Sports Med 2024; after birth, Goom, Donnelly and Brockwell 2019.
pub const LINES: &[&str] = &[
    "This is no medical device, and an easy run is no clearance to run.",
    "Stop and see a clinician for tenderness or pain at one spot of a bone, pain at night or at rest, pain that rises while \
     you run or changes how you run, swelling, or numbness.",
    "Chest pain, fainting, palpitations or unusual breathlessness are an emergency: stop, and call for help.",
    "After a bone stress injury, begin only when the bone is no longer tender, walking is free of pain and loading tests are \
     passed; at high-risk sites also with imaging (George, Sheerin and Reid, Sports Med 2024).",
    "Under 18, in pregnancy, in the first three months after birth or with pelvic-floor symptoms (Goom et al. 2019), with \
     heart disease, a pacemaker or drugs that limit the heart rate: only with your clinician's own limits.",
];
