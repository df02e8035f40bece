//! The plain C interface to the page: a buffer in, a buffer out.
//!
//! A buffer is the length of its header as four bytes, little end first, the header in JSON, and the bytes behind it.

use std::cell::RefCell;
use std::io;

use serde_json::Value;

use crate::{Engine, Source};

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::default());
}

/// Room for a request of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(len: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; len].into_boxed_slice()).cast()
}

/// Gives back the room of an answer.
///
/// # Safety
///
/// The room must be of [`allocate`] or of [`call`], with its length, and not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(at: *mut u8, len: usize) {
    // SAFETY: the caller hands over a box that this module made.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, len)) });
}

/// Answers the request, whose room it takes: the address of the answer in the upper half, its length in the lower.
///
/// # Safety
///
/// The room must be of [`allocate`], with its length, and not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(at: *mut u8, len: usize) -> u64 {
    // SAFETY: the caller hands over a box that `allocate` made.
    let request = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, len)) }.into_vec();
    let (header, bytes) = split(request);
    let source = header["size"].as_u64().map(|size| Box::new(Page { at: 0, size }) as Box<dyn Source>);
    let (header, bytes) = ENGINE.with_borrow_mut(|engine| engine.answer(&header, bytes, source));
    let answer = join(&header, &bytes).into_boxed_slice();
    let len = answer.len() as u64;
    (Box::into_raw(answer).cast::<u8>() as usize as u64) << 32 | len
}

/// Sends the text of a panic to the page before the trap that follows it.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    std::panic::set_hook(Box::new(|info| host::panicked(&info.to_string())));
}

fn split(mut request: Vec<u8>) -> (Value, Vec<u8>) {
    let len = request.first_chunk::<4>().map_or(0, |len| u32::from_le_bytes(*len) as usize);
    let end = (4 + len).min(request.len());
    let header = serde_json::from_slice(request.get(4..end).unwrap_or_default()).unwrap_or(Value::Null);
    request.drain(..end);
    (header, request)
}

fn join(header: &Value, bytes: &[u8]) -> Vec<u8> {
    let header = header.to_string();
    let mut answer = Vec::with_capacity(4 + header.len() + bytes.len());
    answer.extend((header.len() as u32).to_le_bytes());
    answer.extend(header.as_bytes());
    answer.extend(bytes);
    answer
}

/// The file that the page has open, however large it is.
struct Page {
    at: u64,
    size: u64,
}

impl io::Read for Page {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let n = (self.size.saturating_sub(self.at)).min(bytes.len() as u64) as usize;
        let n = host::read(self.at, &mut bytes[..n])?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Source for Page {
    fn beside(&self, path: &str) -> Option<Vec<u8>> {
        host::beside(path)
    }
}

impl io::Seek for Page {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let at = match to {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::End(by) => self.size.checked_add_signed(by),
            io::SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(target_arch = "wasm32")]
mod host {
    use std::io;

    #[link(wasm_import_module = "page")]
    unsafe extern "C" {
        fn read_file(at: f64, into: *mut u8, len: usize) -> i32;
        fn panic_text(at: *const u8, len: usize);
        fn read_beside(at: *const u8, len: usize) -> i32;
        fn take_text(into: *mut u8);
    }

    /// The bytes of a file beside the open one; `None` where the page has none.
    pub fn beside(path: &str) -> Option<Vec<u8>> {
        // SAFETY: the page reads the path before it returns.
        let len = usize::try_from(unsafe { read_beside(path.as_ptr(), path.len()) }).ok()?;
        let mut bytes = vec![0; len];
        // SAFETY: the page writes as many bytes as it said.
        unsafe { take_text(bytes.as_mut_ptr()) };
        Some(bytes)
    }

    pub fn read(at: u64, into: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the page writes at most so many bytes there.
        let n = unsafe { read_file(at as f64, into.as_mut_ptr(), into.len()) };
        usize::try_from(n).map_err(|_| io::Error::other("the browser cannot read the file any more"))
    }

    pub fn panicked(text: &str) {
        // SAFETY: the page reads the text before it returns.
        unsafe { panic_text(text.as_ptr(), text.len()) };
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod host {
    use std::io;

    pub fn read(_at: u64, _into: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn beside(_path: &str) -> Option<Vec<u8>> {
        None
    }

    pub fn panicked(_text: &str) {}
}
