// Mapped files that lose bytes while they are mapped.
#ifndef CLINUX_MAPPINGS_H
#define CLINUX_MAPPINGS_H

#include <stdbool.h>
#include <stddef.h>

// Lets a mapped file be cut short: where there are no bytes any more, all that follow are zeros
// from then on, and the mapping counts as damaged. Without this, reading them ends the process
// (SIGBUS).
//
// Returns the mapping's number, or -1 where too many are watched; then it does end the process.
int clinux_watch_mapping(const void *start, size_t length);

// Whether bytes were missing since a mapping is watched; false for -1.
bool clinux_mapping_is_damaged(int number);

// Watches a mapping no more; to be called before it is unmapped.
void clinux_forget_mapping(int number);

#endif
