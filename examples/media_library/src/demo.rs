//! Something to look at in a new database.

use crate::Error;
use crate::library::{
    Classification, Episode, Movie, NewAlbum, Preferences, Role, Show, ShowStatus, User,
};
use jiff::civil::{Date, date};
use tablature::{Connection, Table};

/// Puts a few rows into a database that has no users yet.
pub fn fill(db: &Connection) -> Result<(), Error> {
    if User::count(db)? > 0 {
        return Ok(());
    }
    for (email, name, role) in [
        ("ann@example.org", "Ann", Role::Admin),
        ("ben@example.org", "Ben", Role::Member),
    ] {
        let preferences = Preferences::default();
        tablature::insert!(
            db,
            User {
                email,
                name,
                role,
                preferences
            }
        )?;
    }
    movies(db)?;
    shows(db)?;
    albums(db)
}

fn movies(db: &Connection) -> Result<(), Error> {
    let movies: [(&str, &str, Date, Classification, &[&str]); 4] = [
        (
            "The General",
            "A railwayman follows his stolen locomotive behind the lines.",
            date(1926, 12, 31),
            Classification::All,
            &["comedy", "adventure"],
        ),
        (
            "Nosferatu",
            "A clerk travels to the castle of a count who shuns the day.",
            date(1922, 3, 4),
            Classification::Adults,
            &["horror"],
        ),
        (
            "Metropolis",
            "The son of a city's master goes down to the workers.",
            date(1927, 1, 10),
            Classification::Teens,
            &["drama", "science fiction"],
        ),
        (
            "Le Voyage dans la Lune",
            "Astronomers fly to the moon in a cannon shell.",
            date(1902, 9, 1),
            Classification::All,
            &["adventure", "science fiction"],
        ),
    ];
    for (title, overview, released_on, classification, genres) in movies {
        let genres: Vec<String> = genres.iter().map(ToString::to_string).collect();
        tablature::insert!(
            db,
            Movie {
                title,
                overview,
                released_on,
                classification,
                genres
            }
        )?;
    }
    Ok(())
}

fn shows(db: &Connection) -> Result<(), Error> {
    let show_id = tablature::insert!(
        db,
        Show {
            title: "Fantômas",
            overview: "An inspector and a reporter hunt a master of disguise.",
            status: ShowStatus::Ended,
            genres: vec!["crime".to_owned()],
        }
    )?;
    let episodes = [
        (1, "In the Shadow of the Guillotine", date(1913, 5, 9)),
        (2, "Juve versus Fantômas", date(1913, 10, 2)),
        (3, "The Dead Man Who Killed", date(1913, 11, 6)),
    ];
    for (number, title, aired_on) in episodes {
        let season = 1;
        tablature::insert!(
            db,
            Episode {
                show_id,
                season,
                number,
                title,
                aired_on
            }
        )?;
    }
    Ok(())
}

fn albums(db: &Connection) -> Result<(), Error> {
    let album = NewAlbum {
        artist: "Scott Joplin".to_owned(),
        title: "Piano Rags".to_owned(),
        overview: Some("Rags from the piano rolls.".to_owned()),
        released_on: None,
        genres: vec!["ragtime".to_owned()],
    };
    album.store(db)?;
    Ok(())
}
