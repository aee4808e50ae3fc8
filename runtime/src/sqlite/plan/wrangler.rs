use crate::sql::lexer::{Kind, Lexer};
use crate::sql::tokens::Tokens;

/// A statement as wrangler can cut it out of a file. Its scanner counts `CASE` only between spaces, but `END` also behind
/// a parenthesis: after `(CASE … END` it takes the next semicolon in a trigger for the end of the trigger. See
/// <https://github.com/cloudflare/workers-sdk/blob/main/packages/wrangler/src/d1/splitter.ts>.
pub(super) fn for_wrangler(sql: String) -> String {
    if !Tokens::new(&sql).eat(&["CREATE", "TRIGGER"]) {
        return sql;
    }
    let (mut spaced, mut before) = (String::new(), Kind::Space);
    let mut lexer = Lexer::new(&sql);
    let mut ends = false;
    while let Some(token) = lexer.next() {
        let text = &sql[token.start..token.end];
        let is = |word: &str| token.kind == Kind::Word && text.eq_ignore_ascii_case(word);
        let apart = (ends || is("CASE")) && before != Kind::Space && token.kind != Kind::Space;
        if apart && token.kind != Kind::Semicolon {
            spaced.push(' ');
        }
        spaced.push_str(text);
        ends = is("CASE") || (is("END") && before == Kind::Space);
        before = token.kind;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::for_wrangler;

    #[test]
    fn a_trigger_is_cut_at_its_end() {
        let check = |sql: &str, expect: &str| assert_eq!(for_wrangler(sql.to_owned()), expect);
        check(
            "CREATE TRIGGER t AFTER DELETE ON a BEGIN SELECT (CASE(old.b) WHEN 1 THEN '(CASE' ELSE old.end END), new.\"case\"; END",
            "CREATE TRIGGER t AFTER DELETE ON a BEGIN SELECT ( CASE (old.b) WHEN 1 THEN '(CASE' ELSE old.end END ), new.\"case\"; END",
        );
        let spaced =
            "create trigger t after delete on a begin select case b when 1 then 2 end; end";
        check(spaced, spaced);
        let other = "CREATE VIEW v AS SELECT (CASE WHEN a THEN b END)";
        check(other, other);
    }
}
