//! Placeholder of the room `guidance`.
