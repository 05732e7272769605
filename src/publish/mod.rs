//! Placeholder of the room `publish`.
