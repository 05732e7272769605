//! Placeholder of the room `pipeline`.
