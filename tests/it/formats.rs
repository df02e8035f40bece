//! Reading and writing FIT, GPX and TCX.

mod export;
mod fit_cases;
mod fit_corpus;
mod fit_oracles;
mod fixtures;
mod same_everywhere;
mod xml;
