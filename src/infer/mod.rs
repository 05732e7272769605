//! Placeholder of the room `infer`.
