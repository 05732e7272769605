//! Tests of plantuml.
