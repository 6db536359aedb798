//! Black-box tests of Columnist; see the files of this folder.
