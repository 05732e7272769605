//! Placeholder of the room `assemble`.
