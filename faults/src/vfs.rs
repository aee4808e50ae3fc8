//! A file system that fails when it is told to: SQLite's own, whose files write, sync, truncate and are deleted through us.

#![expect(
    unsafe_code,
    reason = "a file system is a table of C functions: https://www.sqlite.org/c3ref/vfs.html"
)]

use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicI32, AtomicPtr, AtomicU64, Ordering::SeqCst};
use std::sync::{Mutex, Once, PoisonError};

/// The name under which SQLite knows it: `file:…?vfs=faulty`.
pub const NAME: &str = "faulty";

/// What fails, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Which operation is the first to fail, from 1.
    pub at: u64,
    /// Whether all that follow fail too.
    pub for_good: bool,
    /// What it fails with.
    pub code: c_int,
}

static DONE: AtomicU64 = AtomicU64::new(0);
static FIRST: AtomicU64 = AtomicU64::new(u64::MAX);
static LAST: AtomicU64 = AtomicU64::new(0);
static CODE: AtomicI32 = AtomicI32::new(0);
/// SQLite's own.
static OWN: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(null_mut());

/// Runs something with a fault, and says how many operations there were. One at a time: the counters are the process's.
pub fn with<T>(fault: Option<Fault>, run: impl FnOnce() -> T) -> (T, u64) {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    register();
    let (first, last, code) = match fault {
        None => (u64::MAX, 0, 0),
        Some(Fault { at, for_good, code }) => (at, if for_good { u64::MAX } else { at }, code),
    };
    FIRST.store(first, SeqCst);
    LAST.store(last, SeqCst);
    CODE.store(code, SeqCst);
    DONE.store(0, SeqCst);
    let value = run();
    FIRST.store(u64::MAX, SeqCst);
    (value, DONE.load(SeqCst))
}

/// The code with which this operation fails, or zero.
fn fails() -> c_int {
    let number = DONE.fetch_add(1, SeqCst) + 1;
    let fails = (FIRST.load(SeqCst)..=LAST.load(SeqCst)).contains(&number);
    if fails { CODE.load(SeqCst) } else { 0 }
}

fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // SAFETY: the default VFS lives as long as the process, and so does our copy of it, which is leaked. Its other
        // functions are those of the original, and read nothing of it but what is copied.
        unsafe {
            let own = ffi::sqlite3_vfs_find(std::ptr::null());
            OWN.store(own, SeqCst);
            let ours = sqlite3_vfs {
                zName: c"faulty".as_ptr(),
                pNext: null_mut(),
                xOpen: Some(open),
                xDelete: Some(delete),
                ..*own
            };
            ffi::sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 0);
        }
    });
}

/// The methods of a file of ours: those of SQLite's own but for three, and behind them the originals.
#[repr(C)]
struct Methods {
    ours: sqlite3_io_methods,
    own: *const sqlite3_io_methods,
}

/// The original methods.
///
/// # Safety
///
/// The file was opened by [`open`].
unsafe fn own(file: *mut sqlite3_file) -> &'static sqlite3_io_methods {
    // SAFETY: `open` has put a leaked `Methods` there, whose first field is what SQLite sees.
    unsafe { &*(*(*file).pMethods.cast::<Methods>()).own }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let vfs = OWN.load(SeqCst);
    // SAFETY: SQLite's own VFS opens the file in the place that SQLite has given, which has the size that it asked for. The
    // few bytes for each opened file are leaked, since nobody says when they are no longer in use.
    unsafe {
        let code = (*vfs).xOpen.map_or(ffi::SQLITE_CANTOPEN, |open| {
            open(vfs, name, file, flags, out)
        });
        if code == ffi::SQLITE_OK && !(*file).pMethods.is_null() {
            let own = (*file).pMethods;
            let ours = sqlite3_io_methods {
                xWrite: Some(write),
                xSync: Some(sync),
                xTruncate: Some(truncate),
                ..*own
            };
            (*file).pMethods = Box::into_raw(Box::new(Methods { ours, own })).cast();
        }
        code
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    let vfs = OWN.load(SeqCst);
    // SAFETY: the arguments are SQLite's.
    either(fails(), || unsafe {
        (*vfs).xDelete.map(|delete| delete(vfs, name, sync))
    })
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    at: sqlite3_int64,
) -> c_int {
    let code = fails();
    // What fails may have been done in part.
    let count = if code == 0 { count } else { count / 2 };
    // SAFETY: the file is one of ours, the arguments are SQLite's.
    let done = unsafe { own(file).xWrite.map(|write| write(file, bytes, count, at)) };
    either(code, || done)
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as for `write`.
    either(fails(), || unsafe {
        own(file).xSync.map(|sync| sync(file, flags))
    })
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: as for `write`.
    either(fails(), || unsafe {
        own(file).xTruncate.map(|truncate| truncate(file, size))
    })
}

fn either(code: c_int, own: impl FnOnce() -> Option<c_int>) -> c_int {
    match code {
        ffi::SQLITE_OK => own().unwrap_or(ffi::SQLITE_ERROR),
        code => code,
    }
}
