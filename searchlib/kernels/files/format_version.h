/* The version of the format of an index: of its manifest, of its segments and of each of their files.
 *
 * What can be read of a segment follows from the version that its files have: a reader asks whether it is at least the
 * one that began with what it needs. Versions 1 and 2 are read and not written. docs/file-format.md says what each has.
 */
#ifndef SEARCHLIB_FORMAT_VERSION_H
#define SEARCHLIB_FORMAT_VERSION_H

enum {
    FORMAT_VERSION = 3,        /* what is written */
    OLDEST_FORMAT = 1,         /* the first that is read */
    FORMAT_OF_IDENTITIES = 3,  /* the first whose files say what they are files of */
    FORMAT_OF_PRINTED_WORDS = 3 /* the first that knows words as they were printed, and where sentences end */
};

#endif
