//! Tests of assemble.
