use crate::failure::Failure;
use crate::terminal::print;
use tablature::plan::{Code, Severity};

/// All hazards, and what each asks for.
pub(crate) fn run() -> Result<(), Failure> {
    for code in Code::ALL {
        let asks = match code.severity() {
            Severity::Asks => "asks for an answer",
            Severity::Loses => "asks for agreement",
            _ => "is told",
        };
        print(&format!(
            "{}  {:<18}  {}\n",
            code.code(),
            asks,
            code.words()
        ))?;
    }
    Ok(())
}
