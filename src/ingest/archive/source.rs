//! The bytes of an archive, shared by all who read it and no more of them than may be read.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

/// Anything that a zip archive can be read from.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Reads an archive as long as there are bytes left that may be read.
#[derive(Clone)]
pub struct Metered<'a> {
    inner: Rc<RefCell<Box<dyn ReadSeek + 'a>>>,
    left: Rc<Cell<u64>>,
}

impl<'a> Metered<'a> {
    /// A source of which so many bytes may be read.
    pub fn new(inner: Box<dyn ReadSeek + 'a>, left: u64) -> Self {
        Self { inner: Rc::new(RefCell::new(inner)), left: Rc::new(Cell::new(left)) }
    }

    /// How many bytes may still be read.
    pub fn left(&self) -> u64 {
        self.left.get()
    }

    /// Lets all that is left be read.
    pub fn open_up(&self) {
        self.left.set(u64::MAX);
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n = self.inner.borrow_mut().read(bytes)?;
        self.left.set(left.saturating_sub(n as u64));
        Ok(n)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.borrow_mut().seek(to)
    }
}
