//! Documents that quote diagrams and pictures that keep their source: what is found, where, and what is refused.

mod dialects;
mod documents;
mod pictures;
mod projects;
