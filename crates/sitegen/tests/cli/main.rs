//! Tests that run the program in temporary folders.

mod sandbox;
mod publishing;
mod outputs;
mod hostile;
mod cards;
mod causes;
mod crash;
mod identical;
mod inference;
mod exits;
mod reports;
mod settings;
mod links;
mod creation;
mod additions;
mod themes;
mod queries;
mod lists;
mod names;
mod schemas;
mod explanations;
mod sites;
mod handbook;
mod history;
mod documentation;
mod serving;
