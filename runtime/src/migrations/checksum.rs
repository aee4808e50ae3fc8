use crate::sql::lexer::{Kind, Lexer};

/// The checksum of a migration, over the tokens of its SQL: spaces, comments, line endings and the case of words outside
/// quotes do not count.
///
/// ```
/// use tablature::migrations::checksum;
///
/// assert_eq!(checksum("CREATE TABLE posts (id);\r\n"), checksum("create table posts(id); -- posts"));
/// assert_ne!(checksum("SELECT 'a b'"), checksum("SELECT 'a  b'"));
/// assert_eq!(checksum("SELECT 1").len(), 16);
/// ```
pub fn checksum(sql: &str) -> String {
    let (mut hash, mut lexer) = (fnv(&[]), Lexer::new(sql));
    while let Some(token) = lexer.next() {
        let text = &sql.as_bytes()[token.start..token.end];
        match token.kind {
            Kind::Space | Kind::Comment => continue,
            Kind::Word => {
                for byte in text {
                    hash = more(hash, &[byte.to_ascii_lowercase()]);
                }
            }
            // A text of two lines is the same text where the files have other line endings.
            _ => {
                for part in text.split(|&byte| byte == b'\n') {
                    hash = more(hash, part.strip_suffix(b"\r").unwrap_or(part));
                    hash = more(hash, b"\n");
                }
            }
        }
        hash = more(hash, &[0]);
    }
    written(hash)
}

/// The checksum of any text, byte by byte.
///
/// ```
/// assert_eq!(tablature::migrations::digest(""), "cbf29ce484222325");
/// ```
pub fn digest(text: &str) -> String {
    written(fnv(text.as_bytes()))
}

fn written(hash: u64) -> String {
    format!("{hash:016x}")
}

/// FNV-1a of 64 bits: it guards against mistakes, not against malice.
pub(crate) const fn fnv(bytes: &[u8]) -> u64 {
    more(0xcbf2_9ce4_8422_2325, bytes)
}

const fn more(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}
