#![expect(
    unsafe_code,
    reason = "the CPU time of a thread is a call of the C library"
)]

use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    /// Of this thread, in the kernel too. It does not count what other processes take.
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

pub(crate) fn time<T>(run: impl FnOnce() -> T) -> (T, Taken) {
    let (wall, cpu) = (Instant::now(), thread_time());
    let result = std::hint::black_box(run());
    let taken = Taken {
        cpu: thread_time().saturating_sub(cpu),
        wall: wall.elapsed(),
    };
    (result, taken)
}

fn thread_time() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the pointer is to a local variable. The call fails for an unknown clock only, and then leaves zero.
    unsafe {
        libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time);
    }
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u64::try_from(time.tv_nsec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(nanoseconds)
}
