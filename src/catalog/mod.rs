//! Technologies and protocols as people write them, loaded from the data under `catalog/`.
