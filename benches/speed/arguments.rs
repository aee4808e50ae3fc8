use crate::Result;

/// What the command line asks for.
pub(crate) struct Arguments {
    /// Each round runs every candidate once.
    pub(crate) rounds: usize,
    pub(crate) quick: bool,
    pub(crate) json: bool,
    /// Only the work whose name contains this, for a profiler.
    pub(crate) work: String,
    /// Only the candidates whose name contains this, and the raw C API.
    pub(crate) candidate: String,
    /// Only `file` or `memory`.
    pub(crate) place: String,
}

const USAGE: &str = "\
cargo bench [-- OPTIONS]
  --rounds N        rounds of each work (default 11, an odd number gives a true median)
  --quick           three rounds, a tenth of the rows: to see that it works, not to quote
  --json            for machines
  --work TEXT       only the work whose name contains the text
  --candidate TEXT  only the candidates whose name contains the text, and the raw C API
  --place TEXT      only `file` or `memory`";

impl Arguments {
    pub(crate) fn read() -> Result<Self> {
        let mut this = Self {
            rounds: 11,
            quick: false,
            json: false,
            work: String::new(),
            candidate: String::new(),
            place: String::new(),
        };
        let mut given_rounds = None;
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(USAGE);
            match argument.as_str() {
                "--rounds" => given_rounds = Some(value()?.parse()?),
                "--quick" => this.quick = true,
                "--json" => this.json = true,
                "--work" => this.work = value()?,
                "--candidate" => this.candidate = value()?,
                "--place" => this.place = value()?,
                // Cargo says this to every benchmark.
                "--bench" => {}
                _ => return Err(USAGE.into()),
            }
        }
        if this.quick {
            this.rounds = 3;
        }
        this.rounds = given_rounds.unwrap_or(this.rounds).max(1);
        Ok(this)
    }

    pub(crate) fn wants_candidate(&self, name: &str) -> bool {
        name == crate::candidates::RAW || name.contains(&self.candidate)
    }
}
