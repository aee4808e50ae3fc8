//! From a row to its parent and to its children, as SQL finds them.

use super::filled;
use edge_notes::notes::Note;
use edge_notes::shares::Share;
use edge_notes::tags::{NoteTag, Tag};
use edge_notes::users::User;
use std::fmt::Debug;
use tablature::{ChildOf, Connection, Related, Relation, Table};

/// One by one, all at once, and by plain SQL: the same rows.
fn check<P, C>(db: &Connection, relation: Relation<C, P>, column: &str, key: impl Fn(&P) -> i64)
where
    P: Table + PartialEq + Debug,
    C: Table + PartialEq + Debug,
{
    let parents = P::all(db).unwrap();
    let children = P::children_of_by(db, &parents, relation).unwrap();
    assert_eq!(children.len(), parents.len());
    for (parent, children) in parents.iter().zip(children) {
        let condition = format!("WHERE {column} = ?1");
        let by_sql = C::query(db, &condition, [key(parent)]).unwrap();
        assert_eq!(children.len(), by_sql.len());
        assert!(children.iter().all(|it| by_sql.contains(it)));
        assert_eq!(parent.children_by(db, relation).unwrap(), children);
        let back = C::parents_of_by(db, &children, relation).unwrap();
        assert!(back.iter().all(|it| it.as_ref() == Some(parent)));
        for child in &children {
            assert_eq!(
                child.parent_by(db, relation).unwrap().as_ref(),
                Some(parent)
            );
        }
    }
}

const fn only<P, C: ChildOf<P>>() -> Relation<C, P> {
    C::RELATION
}

#[test]
fn both_ways_and_many_at_once() {
    let db = filled();
    check(&db, only::<User, Note>(), "user_id", |it| it.id);
    check(&db, only::<User, Tag>(), "user_id", |it| it.id);
    check(&db, only::<Note, NoteTag>(), "note_id", |it| it.id);
    check(&db, only::<Tag, NoteTag>(), "tag_id", |it| it.id);
    check(&db, only::<Note, Share>(), "note_id", |it| it.id);
}

/// Two columns refer to one table, and each has a name.
#[test]
fn who_shows_and_who_sees() {
    let db = filled();
    let (by, to) = (Share::RELATIONS.granted_by, Share::RELATIONS.granted_to);
    check(&db, by, "granted_by", |it| it.id);
    check(&db, to, "granted_to", |it| it.id);
    let ann = User::of(&db, "ann@example.org").unwrap().unwrap();
    assert_eq!(ann.children_by(&db, by).unwrap().len(), 2);
    assert_eq!(ann.children_by(&db, to).unwrap(), []);
}
