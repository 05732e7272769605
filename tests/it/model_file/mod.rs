//! Tests of model_file.
