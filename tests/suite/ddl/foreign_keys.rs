use super::{check, refuses};
use expect_test::expect;
use tablature::Table;

#[derive(Table)]
#[table(name = "authors", unique(tenant, id))]
struct Author {
    #[column(primary_key)]
    id: i64,
    tenant: i64,
    #[column(unique, name = "e-mail")]
    email: String,
}

#[test]
fn every_action() {
    #[derive(Table)]
    struct Post {
        #[column(references(Author), on_delete = cascade)]
        a: i64,
        #[column(references(Author), on_delete = set_null, on_update = cascade)]
        b: Option<i64>,
        #[column(references(Author), on_delete = set_default, default = 1)]
        c: i64,
        #[column(references(Author), on_delete = restrict, on_update = no_action)]
        d: i64,
        #[column(references(Author), deferrable)]
        e: i64,
        #[column(references(Author(email)))]
        f: String,
    }
    check(
        &[Author::DDL, Post::DDL].concat(),
        expect![[r#"
        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL,
          "e-mail" TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX "authors_e-mail_key" ON authors ("e-mail");
        CREATE UNIQUE INDEX authors_tenant_id_key ON authors (tenant, id);
        CREATE TABLE post (
          a INTEGER NOT NULL CONSTRAINT a_fkey REFERENCES authors (id) ON DELETE CASCADE,
          b INTEGER CONSTRAINT b_fkey REFERENCES authors (id) ON DELETE SET NULL ON UPDATE CASCADE,
          c INTEGER NOT NULL DEFAULT 1 CONSTRAINT c_fkey REFERENCES authors (id) ON DELETE SET DEFAULT,
          d INTEGER NOT NULL CONSTRAINT d_fkey REFERENCES authors (id) ON DELETE RESTRICT,
          e INTEGER NOT NULL CONSTRAINT e_fkey REFERENCES authors (id) DEFERRABLE INITIALLY DEFERRED,
          f TEXT NOT NULL CONSTRAINT f_fkey REFERENCES authors ("e-mail")
        ) STRICT;

        CREATE INDEX post_a_idx ON post (a);
        CREATE INDEX post_b_idx ON post (b);
        CREATE INDEX post_c_idx ON post (c);
        CREATE INDEX post_d_idx ON post (d);
        CREATE INDEX post_e_idx ON post (e);
        CREATE INDEX post_f_idx ON post (f);
    "#]],
    );
}

#[test]
fn composite_and_self() {
    #[derive(Table)]
    #[table(foreign_key(tenant, author_id, references(Author(tenant, id)), on_delete = cascade, on_update = restrict, deferrable))]
    struct Post {
        #[column(primary_key)]
        id: i64,
        tenant: i64,
        author_id: i64,
        #[column(references(Post), on_delete = set_null)]
        parent: Option<i64>,
    }
    let db = check(
        &[Author::DDL, Post::DDL].concat(),
        expect![[r#"
        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL,
          "e-mail" TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX "authors_e-mail_key" ON authors ("e-mail");
        CREATE UNIQUE INDEX authors_tenant_id_key ON authors (tenant, id);
        CREATE TABLE post (
          id INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL,
          author_id INTEGER NOT NULL,
          parent INTEGER CONSTRAINT parent_fkey REFERENCES post (id) ON DELETE SET NULL,
          CONSTRAINT tenant_author_id_fkey FOREIGN KEY (tenant, author_id) REFERENCES authors (tenant, id) ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED
        ) STRICT;

        CREATE INDEX post_parent_idx ON post (parent);
        CREATE INDEX post_tenant_author_id_idx ON post (tenant, author_id);
    "#]],
    );
    refuses(
        &db,
        "INSERT INTO post VALUES (1, 2, 3, NULL)",
        expect!["FOREIGN KEY constraint failed"],
    );
}

#[test]
fn tables_may_refer_to_each_other() {
    #[derive(Table)]
    struct Hen {
        #[column(primary_key)]
        id: i64,
        #[column(references(Egg))]
        egg: i64,
    }
    #[derive(Table)]
    struct Egg {
        #[column(primary_key)]
        id: i64,
        #[column(references(Hen))]
        hen: i64,
    }
    check(
        &[Hen::DDL, Egg::DDL].concat(),
        expect![[r#"
        CREATE TABLE hen (
          id INTEGER PRIMARY KEY,
          egg INTEGER NOT NULL CONSTRAINT egg_fkey REFERENCES egg (id)
        ) STRICT;

        CREATE INDEX hen_egg_idx ON hen (egg);
        CREATE TABLE egg (
          id INTEGER PRIMARY KEY,
          hen INTEGER NOT NULL CONSTRAINT hen_fkey REFERENCES hen (id)
        ) STRICT;

        CREATE INDEX egg_hen_idx ON egg (hen);
    "#]],
    );
}

#[test]
fn a_foreign_key_has_an_index_unless_one_covers_it() {
    #[derive(Table)]
    #[table(
        index(b, title),
        unique(c, title),
        index(d, where = "d > 0", name = "some")
    )]
    struct Post {
        #[column(primary_key, references(Author))]
        a: i64,
        #[column(references(Author))]
        b: i64,
        #[column(references(Author))]
        c: i64,
        #[column(references(Author))]
        d: i64,
        #[column(references(Author), index = false)]
        e: i64,
        #[column(references(Author), index)]
        f: i64,
        title: String,
    }
    check(
        &[Author::DDL, Post::DDL].concat(),
        expect![[r#"
            CREATE TABLE authors (
              id INTEGER PRIMARY KEY,
              tenant INTEGER NOT NULL,
              "e-mail" TEXT NOT NULL
            ) STRICT;

            CREATE UNIQUE INDEX "authors_e-mail_key" ON authors ("e-mail");
            CREATE UNIQUE INDEX authors_tenant_id_key ON authors (tenant, id);
            CREATE TABLE post (
              a INTEGER PRIMARY KEY CONSTRAINT a_fkey REFERENCES authors (id),
              b INTEGER NOT NULL CONSTRAINT b_fkey REFERENCES authors (id),
              c INTEGER NOT NULL CONSTRAINT c_fkey REFERENCES authors (id),
              d INTEGER NOT NULL CONSTRAINT d_fkey REFERENCES authors (id),
              e INTEGER NOT NULL CONSTRAINT e_fkey REFERENCES authors (id),
              f INTEGER NOT NULL CONSTRAINT f_fkey REFERENCES authors (id),
              title TEXT NOT NULL
            ) STRICT;

            CREATE UNIQUE INDEX post_c_title_key ON post (c, title);
            CREATE INDEX post_f_idx ON post (f);
            CREATE INDEX post_b_title_idx ON post (b, title);
            CREATE INDEX some ON post (d) WHERE d > 0;
            CREATE INDEX post_d_idx ON post (d);
        "#]],
    );

    #[derive(Table)]
    #[table(index_foreign_keys = false)]
    struct Bare {
        #[column(references(Author))]
        a: i64,
    }
    check(
        &[Author::DDL, Bare::DDL].concat(),
        expect![[r#"
        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          tenant INTEGER NOT NULL,
          "e-mail" TEXT NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX "authors_e-mail_key" ON authors ("e-mail");
        CREATE UNIQUE INDEX authors_tenant_id_key ON authors (tenant, id);
        CREATE TABLE bare (
          a INTEGER NOT NULL CONSTRAINT a_fkey REFERENCES authors (id)
        ) STRICT;
    "#]],
    );
}
