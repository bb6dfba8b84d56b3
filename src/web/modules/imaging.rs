//! A module of the page: the crate's doors, as far as its features open them. They are exported because the crate is linked.

extern crate pursuit;
