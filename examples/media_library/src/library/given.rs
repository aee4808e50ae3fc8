use serde::{Deserialize, Deserializer};

/// For a field that may be left out, and may be null: `#[serde(default, deserialize_with = "given")]` on an
/// `Option<Option<T>>`. Left out it stays `None`; null is `Some(None)`.
pub(super) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
