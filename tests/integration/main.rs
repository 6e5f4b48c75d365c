//! Every integration test, in one target: it links once.

mod terraform;
