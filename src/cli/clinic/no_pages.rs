//! A program without the feature `html` has no pages: there is no value of these types.

use std::marker::PhantomData;
use std::path::Path;

use rehabrun::report::{Clinic, File, Progress};
use rehabrun::units::UnitSystem;

use super::super::args;
use super::super::failure::Failure;

pub enum Pages {}

impl Pages {
    #[expect(clippy::unnecessary_wraps, reason = "as the one with pages")]
    pub const fn open(_options: &args::Clinic) -> Result<Option<Self>, Failure> {
        Ok(None)
    }

    pub fn begin(&mut self, _patient: &str) -> Page<'_> {
        match *self {}
    }

    pub fn finish(self, _clinic: &Clinic) -> Result<(), Failure> {
        match self {}
    }
}

pub struct Page<'a> {
    never: Pages,
    pages: PhantomData<&'a mut Pages>,
}

impl Page<'_> {
    pub fn run(&mut self, _file: &File, _folder: &Path, _units: UnitSystem) -> Result<(), Failure> {
        match self.never {}
    }

    pub fn weeks(&mut self, _progress: &Progress, _units: UnitSystem) -> Result<(), Failure> {
        match self.never {}
    }
}
